package io.spikelet.device.doctor;

import io.spikelet.hal.linux.BoardModel;
import io.spikelet.hal.linux.SysFiles;
import io.spikelet.hal.pi4j.PiHardware;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The board itself, its kernel, its Java, and what room there is. */
final class MachineFindings {
    private static final int JAVA_NEEDED = 25;
    private static final long MEBIBYTE = 1 << 20;
    private static final long LEAST_DISK = 64 * MEBIBYTE;
    private static final long LEAST_HEAP = 48 * MEBIBYTE;

    private final Path root;
    private final Path data;

    MachineFindings(Path root, Path data) {
        this.root = root;
        this.data = data;
    }

    List<Finding> find() throws IOException {
        return List.of(board(), kernel(), java(), heap(), disk(), pi4j());
    }

    private Finding board() {
        return Finding.ok(
                "board",
                BoardModel.read(root).name() + ", " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors");
    }

    private Finding kernel() {
        return SysFiles.text(root.resolve("proc/sys/kernel/osrelease"))
                .map(release -> Finding.ok("kernel", "Linux " + release))
                .orElse(Finding.absent(
                        "kernel",
                        "no Linux: " + System.getProperty("os.name"),
                        "pins, buses and meters need Linux; links and models do not"));
    }

    private static Finding java() {
        String sentence = "Java " + Runtime.version() + " of " + System.getProperty("java.vendor") + ", vector API "
                + (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? "loaded" : "not loaded");
        return Runtime.version().feature() >= JAVA_NEEDED
                ? Finding.ok("java", sentence)
                : Finding.amiss("java", sentence, "install openjdk-" + JAVA_NEEDED + "-jre-headless");
    }

    private static Finding heap() {
        long most = Runtime.getRuntime().maxMemory();
        String sentence = most / MEBIBYTE + " MiB of heap at most";
        return most >= LEAST_HEAP
                ? Finding.ok("heap", sentence)
                : Finding.amiss("heap", sentence, "start with -Xmx" + LEAST_HEAP / MEBIBYTE + "m or more");
    }

    private Finding disk() throws IOException {
        Path there = data.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        FileStore store = Files.getFileStore(there);
        long free = store.getUsableSpace();
        String sentence = String.format(
                Locale.ROOT, "%d MiB free at %s (%s)", free / MEBIBYTE, data.toAbsolutePath(), store.type());
        return free >= LEAST_DISK
                ? Finding.ok("disk", sentence)
                : Finding.amiss("disk", sentence, "make room: two images, what was learned and the outbox live there");
    }

    private Finding pi4j() {
        List<String> missing = PiHardware.missingJars();
        if (missing.isEmpty()) {
            return Finding.ok("pi4j", "Pi4J 3.0.4 is on the path");
        }
        String sentence = "Pi4J is not on the path: no " + String.join(", ", missing);
        return BoardModel.read(root).isRaspberryPi()
                ? Finding.amiss(
                        "pi4j", sentence, "pins need it: build on this board, or copy device-runtime/target/dist/pi4j")
                : Finding.absent("pi4j", sentence, "only a Raspberry Pi's pins need it");
    }
}
