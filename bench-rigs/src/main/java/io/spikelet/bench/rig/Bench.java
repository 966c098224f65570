package io.spikelet.bench.rig;

import io.spikelet.hal.Clock;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.Flasher;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.SlotState;
import io.spikelet.host.link.Target;
import io.spikelet.model.container.ModelImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What stands on the bench during a run: the device under test, and our own board where that is the device. */
final class Bench implements Closeable {
    private final Optional<OwnBoard> own;
    private final Target target;
    private final Dut dut;

    private Bench(Optional<OwnBoard> own, Target target, Dut dut) {
        this.own = own;
        this.target = target;
        this.dut = dut;
    }

    /**
     * Sets it up; the device is in step then.
     *
     * @param images that a board of ours gets, the last one serves; a device that is there keeps what it has
     */
    static Bench open(DutAddress address, List<ModelImage> images, Clock clock, PrintWriter err) throws IOException {
        return switch (address) {
            case DutAddress.There there ->
                synced(Optional.empty(), there.target(), new Dut(new DutLine(there.opener(), clock)));
            case DutAddress.Own _ -> {
                OwnBoard board = OwnBoard.start(home());
                try {
                    flash(board.target(), images, err);
                    yield synced(Optional.of(board), board.target(), new Dut(new DutLine(board.opener(), clock)));
                } catch (IOException | RuntimeException failed) {
                    board.close();
                    throw failed;
                }
            }
        };
    }

    private static Bench synced(Optional<OwnBoard> own, Target target, Dut dut) throws IOException {
        try {
            dut.sync();
            return new Bench(own, target, dut);
        } catch (IOException failed) {
            dut.close();
            throw failed;
        }
    }

    /** The root of the repository, where a board's program lies. */
    private static Path home() throws IOException {
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException(
                    "a board of ours needs -Dspikelet.home=FOLDER, the root of Spikelet; the launcher sets it");
        }
        return Path.of(home);
    }

    /** Brings images onto a board of ours, one after another; the last one serves, the one before stays in its slot. */
    private static void flash(Target target, List<ModelImage> images, PrintWriter err) throws IOException {
        try (BoardClient client = Links.open(target, LinkSettings.NONE)) {
            for (ModelImage image : images) {
                ProgressLine progress = new ProgressLine(err, "flashing");
                new Flasher(client).flash(image, progress::at);
                progress.done();
            }
        }
    }

    /** The same over the line of the device, whose port is free for it meanwhile. */
    void flash(List<ModelImage> images, PrintWriter err) throws IOException {
        dut.release();
        flash(target, images, err);
        dut.reopen();
    }

    /**
     * Lets an image serve that lies in one of the board's slots.
     *
     * @throws IOException when the device is no board of ours, or does not take it
     */
    void activate(ModelImage image) throws IOException {
        dut.release();
        try (BoardClient client = Links.open(target, LinkSettings.NONE)) {
            if (!serves(client, image)) {
                Flasher flasher = new Flasher(client);
                flasher.start(image);
                flasher.confirm(image);
            }
        }
        dut.reopen();
    }

    private static boolean serves(BoardClient client, ModelImage image) throws IOException {
        for (SlotState slot : client.imageState()) {
            if (slot.active() && slot.confirmed() && Arrays.equals(slot.hash(), image.digest())) {
                return true;
            }
        }
        return false;
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
            dut.release();
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
