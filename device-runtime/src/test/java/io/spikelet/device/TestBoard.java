package io.spikelet.device;

import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.Store;
import io.spikelet.hal.Thermometer;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.slots.ImageProof;
import io.spikelet.slots.ImageVerifier;
import io.spikelet.slots.SignedImageVerifier;
import io.spikelet.slots.Slots;
import io.spikelet.smp.SmpServer;
import io.spikelet.telemetry.InferenceWindow;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A board over a simulated store, with the groups that a client talks to. */
final class TestBoard {
    static final ImageKey.Private KEY = ImageKey.Private.generate();
    static final SignedImageVerifier VERIFIER = new SignedImageVerifier(List.of(KEY.publicKey()), false);

    static final Thermometer NO_THERMOMETER = Thermometer.none("no thermal zone can be read");

    /** A meter that counts a microjoule a reading. */
    static final class CountingMeter implements EnergyMeter {
        private long total;

        @Override
        public OptionalLong microjoules() {
            return OptionalLong.of(total++);
        }

        @Override
        public String source() {
            return "a counting meter";
        }
    }

    private static final TrialWatch WATCH = new TrialWatch(Clock.system(), 60_000, new TrialWatch.Ending() {
        @Override
        public void hung(String sentence) {
            throw new AssertionError(sentence);
        }

        @Override
        public void failed(String sentence) {
            throw new AssertionError(sentence);
        }
    });

    final InferenceWindow window = new InferenceWindow();
    final Board board;
    final SmpProbe client;

    private TestBoard(
            Store store, ImageVerifier verifier, Optional<AdaptationSettings> adaptation, PlacedLayers.Choice devices)
            throws IOException {
        EnergyMeter energy = new CountingMeter();
        board = Board.start(store, verifier, Clock.system(), energy, window, adaptation, devices, WATCH);
        client = new SmpProbe(new SmpServer(List.of(
                new ImageGroup(board.slots()),
                new StatisticsGroup(board, window),
                new AdaptationGroup(board),
                new SpikeletGroup(
                        board,
                        new SpikeletGroup.Facts(
                                "pi-1", NO_THERMOMETER, energy, window, new Health(Clock.system(), () -> 0))))));
    }

    static TestBoard start(Store store) throws IOException {
        return new TestBoard(store, VERIFIER, Optional.empty(), PlacedLayers.Choice.NONE);
    }

    static TestBoard start(Store store, ImageVerifier verifier) throws IOException {
        return new TestBoard(store, verifier, Optional.empty(), PlacedLayers.Choice.NONE);
    }

    static TestBoard start(Store store, AdaptationSettings adaptation) throws IOException {
        return new TestBoard(store, VERIFIER, Optional.of(adaptation), PlacedLayers.Choice.NONE);
    }

    static TestBoard start(Store store, PlacedLayers.Choice devices) throws IOException {
        return new TestBoard(store, VERIFIER, Optional.empty(), devices);
    }

    /** Puts an image into slot 0, confirmed, as an upload and a start do. */
    static void install(Store store, ModelImage image) throws Exception {
        Slots slots = Slots.open(store, VERIFIER);
        slots.begin(image.size(), "");
        slots.append(0, image.bytes());
        slots.stage(HexFormat.of().formatHex(image.digest()), true);
        slots.boot(ImageProof.NONE);
    }
}
