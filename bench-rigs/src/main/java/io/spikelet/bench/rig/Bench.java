package io.spikelet.bench.rig;

import io.spikelet.hal.Clock;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.model.container.ModelImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** What stands on the bench during a run: the device under test, and our own board where that is the device. */
final class Bench implements Closeable {
    private final Optional<OwnBoard> own;
    private final Dut dut;

    private Bench(Optional<OwnBoard> own, Dut dut) {
        this.own = own;
        this.dut = dut;
    }

    /**
     * Sets it up; the device is in step then.
     *
     * @param image that a board of ours gets
     */
    static Bench open(DutAddress address, Optional<ModelImage> image, Clock clock, PrintWriter err) throws IOException {
        return switch (address) {
            case DutAddress.There there -> synced(Optional.empty(), new Dut(new DutLine(there.opener(), clock)));
            case DutAddress.Own _ -> {
                OwnBoard board = OwnBoard.start(home());
                try {
                    ProgressLine progress = new ProgressLine(err, "flashing");
                    board.flash(image.orElseThrow(), progress::at);
                    progress.done();
                    yield synced(Optional.of(board), new Dut(new DutLine(board.opener(), clock)));
                } catch (IOException | RuntimeException failed) {
                    board.close();
                    throw failed;
                }
            }
        };
    }

    private static Bench synced(Optional<OwnBoard> own, Dut dut) throws IOException {
        try {
            dut.sync();
            return new Bench(own, dut);
        } catch (IOException failed) {
            dut.close();
            throw failed;
        }
    }

    /** The root of the repository, where a board's program lies. */
    static Path home() throws IOException {
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException(
                    "a board of ours needs -Dspikelet.home=FOLDER, the root of Spikelet; the launcher sets it");
        }
        return Path.of(home);
    }

    Dut dut() {
        return dut;
    }

    /** Our own board, where that is the device. */
    Optional<OwnBoard> own() {
        return own;
    }

    /**
     * Makes the device ready for windows that a meter records, the port opened anew.
     *
     * @param meter that sees the pin of a board of ours, or does not
     */
    void beginEnergy(ChosenMeter meter) throws IOException {
        if (meter.seesOwnPin()) {
            own.orElseThrow().enterEnergyMode();
        }
        dut.reopen();
    }

    @Override
    public void close() throws IOException {
        try {
            dut.close();
        } finally {
            if (own.isPresent()) {
                own.get().close();
            }
        }
    }
}
