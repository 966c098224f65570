package io.spikelet.bench.demo;

import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.Flasher;
import io.spikelet.host.link.SmpRefusedException;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** How two versions come onto the board: the first by serial with the plug pulled halfway, the second by MQTT. */
final class FlashChapter {
    private final Bench bench;
    private final Steps steps;

    FlashChapter(Bench bench, Steps steps) {
        this.bench = bench;
        this.steps = steps;
    }

    /**
     * An upload that was cut.
     *
     * @param at bytes that the board had acknowledged when the plug was pulled
     * @param resumedAt the byte at which the upload went on once the board had power again
     */
    record PulledPlug(long at, long resumedAt) {}

    PulledPlug overSerialWithAPulledPlug(ModelImage image) throws IOException {
        steps.begin("flash version " + image.version() + " over serial, and pull the plug halfway");
        long cutAt = uploadUntilThePlugIsPulled(image);
        bench.switchOn();
        AtomicLong resumedAt = new AtomicLong(-1);
        try (BoardClient board = bench.overSerial()) {
            ProgressLine progress = steps.progress("uploading");
            new Flasher(board).flash(image, (done, total) -> {
                // The client offers the first chunk, then goes on where the board says that it has stored bytes.
                if (done > 0) {
                    resumedAt.compareAndSet(-1, done);
                }
                progress.at(done, total);
            });
            progress.done();
        }
        steps.tell(
                "SIGKILL at byte %d of %d; went on at byte %d; on trial, confirmed",
                cutAt, image.size(), resumedAt.get());
        return new PulledPlug(cutAt, resumedAt.get());
    }

    private long uploadUntilThePlugIsPulled(ModelImage image) throws IOException {
        AtomicBoolean pulled = new AtomicBoolean();
        AtomicLong cutAt = new AtomicLong();
        try (BoardClient board = bench.overSerialWithShortPatience()) {
            new Flasher(board).upload(image, (done, total) -> {
                if (done >= total / 2 && pulled.compareAndSet(false, true)) {
                    cutAt.set(done);
                    pull();
                }
            });
            throw new IOException("the upload ended although the board had no power");
        } catch (IOException expected) {
            if (!pulled.get()) {
                throw expected;
            }
        }
        return cutAt.get();
    }

    private void pull() {
        try {
            bench.pullThePlug();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return what the board said when the older version was offered again */
    String secondVersionOverMqtt(ModelImage image, ModelImage older) throws IOException {
        steps.begin("flash version " + image.version() + ", which may learn, over MQTT; then offer the older one");
        try (BoardClient board = bench.overMqtt()) {
            ProgressLine progress = steps.progress("uploading");
            Flasher flasher = new Flasher(board);
            flasher.flash(image, progress::at);
            progress.done();
            try {
                // The board still holds it in its other slot; what it refuses is to run it.
                flasher.upload(older, progress::at);
                board.test(older.digest());
            } catch (SmpRefusedException refused) {
                steps.tell("confirmed; the older one is refused: %s", refused.getMessage());
                return refused.getMessage();
            }
            throw new IOException("the board took an image with an older security counter");
        }
    }
}
