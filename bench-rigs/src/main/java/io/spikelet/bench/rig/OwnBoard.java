package io.spikelet.bench.rig;

import io.spikelet.bench.board.BoardProcess;
import io.spikelet.hal.ByteLink;
import io.spikelet.hal.serial.SerialCable;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.host.link.LinkOpener;
import io.spikelet.host.link.Target;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A board of ours in a process of its own, at the far end of a pseudo-terminal, with a folder that goes with it. It starts
 * in performance mode; in energy mode its measuring pin is a wire between processes, which a simulated meter sees.
 */
final class OwnBoard implements Closeable {
    private final Path home;
    private final SerialCable cable;
    private final Path folder;
    private BoardProcess process;
    private boolean inEnergyMode;

    private OwnBoard(Path home, SerialCable cable, Path folder) {
        this.home = home;
        this.cable = cable;
        this.folder = folder;
    }

    /**
     * Starts it; it takes any image, for it is a bench's.
     *
     * @param home the root of the repository
     */
    static OwnBoard start(Path home) throws IOException {
        Path folder = Files.createTempDirectory("spikelet-rig");
        OwnBoard board = new OwnBoard(home, SerialCable.open(), folder);
        try {
            board.start(List.of("--dut", "performance"));
            return board;
        } catch (IOException failed) {
            board.cable.close();
            throw failed; // its log, which the sentence names, stays
        }
    }

    private void start(List<String> mode) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--open", "--name", "rig", "--serial", cable.left()));
        arguments.addAll(mode);
        process = BoardProcess.start(home, folder.resolve("board"), folder.resolve("board.log"), arguments);
    }

    /** Starts it anew in energy mode, unless it is in that already; what it was flashed with serves again. */
    void enterEnergyMode() throws IOException {
        if (inEnergyMode) {
            return;
        }
        process.close();
        inEnergyMode = true;
        start(List.of("--dut", "energy", "--measure-pin", "sim:" + pin()));
    }

    /** Where its measuring pin can be seen in energy mode. */
    Path pin() {
        return folder.resolve("pin");
    }

    /** Where its management protocol answers. */
    Target target() {
        return new Target.Serial(cable.right(), Target.DEFAULT_BAUD);
    }

    /** The host's end of the cable. */
    LinkOpener<ByteLink> opener() {
        String path = cable.right();
        return () -> SerialLink.open(path, Target.DEFAULT_BAUD);
    }

    @Override
    public void close() throws IOException {
        try (cable) {
            process.close();
        }
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
