package io.spikelet.device;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Kernels;
import io.spikelet.engine.SelfTestFailedException;
import io.spikelet.engine.SelfTests;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.slots.ImageProof;
import io.spikelet.slots.SlotRefusedException;
import io.spikelet.slots.SlotRefusedException.Reason;
import io.spikelet.slots.VerifiedImage;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes an image a running model: plans it, holds it against its self-tests, and gives it what it had learned. A fault on
 * the way, of whatever kind, refuses the image and leaves the board standing.
 */
final class ModelStart implements ImageProof {

    /** Makes the model of an image from a classifier whose weights are still the image's. */
    interface Loader {
        RunningModel load(VerifiedImage image, Classifier classifier)
                throws IOException, MalformedDataException, CoProcessorException;
    }

    private final Loader loader;
    private final TrialWatch watch;
    private RunningModel model;
    private String sentence = "";

    ModelStart(Loader loader, TrialWatch watch) {
        this.loader = loader;
        this.watch = watch;
    }

    @Override
    public void prove(VerifiedImage image) throws SlotRefusedException, IOException {
        model = null;
        watch.begin("the self-test of " + image.version());
        try {
            Classifier classifier = Classifier.load(image.network(), Kernels.BEST);
            SelfTests.verify(classifier);
            model = loader.load(image, classifier);
            sentence = selfTests(image) + "; " + model.learning();
        } catch (SelfTestFailedException e) {
            throw new SlotRefusedException(Reason.SELF_TEST, e.getMessage(), e);
        } catch (MalformedDataException e) {
            throw new SlotRefusedException(Reason.NETWORK, "the network in the image cannot run: " + e.getMessage(), e);
        } catch (CoProcessorException e) {
            sentence = selfTests(image) + "; it cannot run: " + e.getMessage(); // the image is right, a device is not
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new SlotRefusedException(Reason.NETWORK, "the engine failed on it: " + e, e);
        } finally {
            watch.end();
        }
    }

    /** What the self-tests of an image that came to serve said, for a person. */
    static String selfTests(VerifiedImage image) {
        int count = image.network().selfTests().size();
        return count == 0 ? "no self-test in it" : "self-test passed, " + count + " samples";
    }

    /** The model of the image that was proved last, or empty where a device that it needs cannot be had. */
    Optional<RunningModel> model() {
        return Optional.ofNullable(model);
    }

    /** What a person should know of that image. */
    String sentence() {
        return sentence;
    }
}
