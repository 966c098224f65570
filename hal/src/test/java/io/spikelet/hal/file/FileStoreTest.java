package io.spikelet.hal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Store;
import io.spikelet.hal.StoreContract;
import io.spikelet.hal.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    protected Store open() throws IOException {
        return FileStore.open(folder.resolve("board"));
    }

    @Test
    void shouldRefuseAFolderThatIsAlreadyOpen() {
        IOException refused = assertThrows(IOException.class, () -> FileStore.open(folder.resolve("board")));
        assertTrue(refused.getMessage().contains("in use by another board process"), refused.getMessage());
    }

    @Test
    void shouldStayLockedAgainstOtherProcessesAfterRefusingThisOne() throws Exception {
        Path other = folder.resolve("other");
        FileStore first = FileStore.open(other);
        assertThrows(IOException.class, () -> FileStore.open(other));
        assertTrue(openedElsewhere(other).contains("in use by another board process"));
        first.close();
        FileStore second = FileStore.open(other);
        first.close();
        assertThrows(IOException.class, () -> FileStore.open(other));
        second.close();
        assertEquals("opened", openedElsewhere(other));
    }

    private static String openedElsewhere(Path folder) throws Exception {
        TestJvm jvm = TestJvm.startBare(Opener.class, folder.toString());
        String line = jvm.awaitLine();
        jvm.awaitEnd();
        return line;
    }

    /** Opens a store in a process of its own and says how that went. */
    static final class Opener {
        public static void main(String[] arguments) {
            try {
                FileStore.open(Path.of(arguments[0])).close();
                System.out.println("opened");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldLetNobodyButTheOwnerReadWhatItMakes() throws IOException {
        Path made = folder.resolve("parent/made");
        try (FileStore store = FileStore.open(made)) {
            store.write("written", new byte[1]);
            store.append("appended", new byte[1], 0, 1);
        }
        assertEquals("rwx------", permissions(made));
        for (String name : List.of("written", "appended", ".lock")) {
            assertEquals("rw-------", permissions(made.resolve(name)), name);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldLeaveThePermissionsOfAFolderThatAPersonMade() throws IOException {
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwxr-x---"));
        FileStore.open(theirs).close();
        assertEquals("rwxr-x---", permissions(theirs));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void shouldRemoveDraftsThatAPowerCutLeft() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.write(other.resolve("state~"), new byte[] {1});
        try (FileStore store = FileStore.open(other)) {
            assertEquals(List.of(), store.list());
        }
        assertTrue(Files.notExists(other.resolve("state~")));
    }

    /** Writes whole versions until it is killed: version n is 4096 + n bytes of value n. */
    static final class Writer {
        public static void main(String[] arguments) throws IOException {
            try (FileStore store = FileStore.open(Path.of(arguments[0]))) {
                for (int n = 1; ; n++) {
                    byte[] version = new byte[4096 + n % 100];
                    Arrays.fill(version, (byte) (n % 100));
                    store.write("state", version);
                    if (n == 1) {
                        System.out.println("writing");
                        System.out.flush();
                    }
                }
            }
        }
    }

    @Test
    void shouldHoldOneWholeVersionAfterTheWritingProcessIsKilled() throws Exception {
        Random random = new Random(11);
        Path victim = folder.resolve("victim");
        for (int round = 0; round < 4; round++) {
            String modules = System.getProperty("java.class.path");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xshare:auto",
                            "-cp",
                            Path.of("target", "classes") + ":" + Path.of("target", "test-classes") + ":" + modules,
                            Writer.class.getName(),
                            victim.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertEquals('w', process.getInputStream().read());
            Thread.sleep(random.nextInt(60));
            process.destroyForcibly();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            try (FileStore store = FileStore.open(victim)) {
                byte[] state = store.read("state").orElseThrow();
                assertEquals(4096 + state[0], state.length);
                for (byte value : state) {
                    assertEquals(state[0], value);
                }
            }
        }
    }
}
