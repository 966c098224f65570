package io.spikelet.hal.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fazecast.jSerialComm.SerialPort;
import io.spikelet.hal.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class NativeLibraryTest {
    private static final Path TAKES_NOTHING = Path.of("/proc");

    @TempDir
    Path folder;

    /** Opens a line twice in a process of its own and says how that went. */
    static final class Opener {
        public static void main(String[] arguments) throws IOException {
            try (SerialCable cable = SerialCable.open()) {
                for (int attempt = 0; attempt < 2; attempt++) {
                    try (SerialLink link = SerialLink.open(cable.left(), 115_200)) {
                        System.out.println(link.name().equals(cable.left()) ? "opened" : "opened another");
                    } catch (IOException e) {
                        System.out.println(e.getMessage().replace(cable.left(), "PATH"));
                    }
                }
            }
        }
    }

    private static List<String> open(Path temporary, Path home) throws Exception {
        TestJvm jvm = TestJvm.start(
                List.of("-Djava.io.tmpdir=" + temporary, "-Duser.home=" + home),
                List.of(SerialPort.class),
                Opener.class);
        try {
            return Stream.of(jvm.awaitLine(), jvm.awaitLine())
                    .map(String::valueOf)
                    .toList();
        } finally {
            jvm.awaitEnd();
        }
    }

    @Test
    void shouldNeitherLoadNorTouchWhatAnotherUserPutInTheSharedFolder() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path home = Files.createDirectory(folder.resolve("home"));
        Path planted = temporary.resolve("jSerialComm/2.11.4/libjSerialComm.so");
        Path plantedAtHome = home.resolve(".jSerialComm/2.11.4/libjSerialComm.so");
        for (Path file : List.of(planted, plantedAtHome)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "not ours");
        }
        assertEquals(List.of("opened", "opened"), open(temporary, home));
        assertEquals("not ours", Files.readString(planted));
        assertEquals("not ours", Files.readString(plantedAtHome));
        assertEquals(List.of("jSerialComm"), namesIn(temporary));
        assertEquals(List.of(".jSerialComm"), namesIn(home));
    }

    @Test
    void shouldUseTheHomeWhenTheTemporaryFolderTakesNothing() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        assertEquals(List.of("opened", "opened"), open(TAKES_NOTHING, home));
        assertEquals(List.of(), namesIn(home));
    }

    @Test
    void shouldSayInOneSentenceThatNeitherFolderTakesTheNativeCode() throws Exception {
        for (String sentence : open(TAKES_NOTHING, TAKES_NOTHING)) {
            assertTrue(sentence.contains("no room to unpack it in " + TAKES_NOTHING), sentence);
        }
    }

    private static List<String> namesIn(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .toList();
        }
    }
}
