package io.spikelet.device;

import io.spikelet.adapt.AdaptationService;
import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.adapt.Checkpoints;
import io.spikelet.engine.Kernels;
import io.spikelet.hal.Store;
import io.spikelet.learn.NotLearnableException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.slots.VerifiedImage;
import java.io.IOException;
import java.util.Optional;

/**
 * The active image adapting, and its checkpoints.
 *
 * @param sentence what became of it at the start, for a person
 */
record Adaptation(AdaptationService service, Checkpoints checkpoints, String sentence) {

    /**
     * Goes on from the newest whole checkpoint; without any, from what plain learning had stored.
     *
     * @throws NotLearnableException when the image names nothing that can learn
     * @throws MalformedDataException when the network cannot run
     * @throws IllegalArgumentException when the settings' memories do not hold one sample of each class
     */
    static Adaptation start(VerifiedImage image, Store store, AdaptationSettings settings)
            throws IOException, NotLearnableException, MalformedDataException {
        AdaptationService service = AdaptationService.load(image.network(), settings, Kernels.BEST);
        Checkpoints checkpoints = new Checkpoints(store, image.hash(), service);
        Optional<String> found = checkpoints.restore();
        return new Adaptation(
                service, checkpoints, found.isPresent() ? found.get() : begin(service, store, image.hash()));
    }

    private static String begin(AdaptationService service, Store store, String imageHash) throws IOException {
        try {
            Optional<byte[]> learned = LearnedState.read(store, imageHash);
            if (learned.isEmpty()) {
                return "adapts from the image's own weights";
            }
            service.beginWith(learned.get());
            return "adapts from what " + service.taken() + " samples had taught";
        } catch (MalformedDataException e) {
            return "adapts from the image's own weights, for what was learned cannot be used: " + e.getMessage();
        }
    }

    /** Takes note of an input that was just answered; gives the number for a label that comes later, or −1. */
    long observe(Samples samples, int index) throws IOException {
        long number = service.observe(samples.bytes(), samples.offset(index));
        checkpoints.writeIfDue();
        return number;
    }

    /** Writes a checkpoint if a sample came since the last one. */
    void keep() throws IOException {
        if (checkpoints.atRisk() > 0) {
            checkpoints.write();
        }
    }
}
