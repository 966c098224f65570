package io.spikelet.bench.demo;

import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.QuantisationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that one journey measured.
 *
 * @param quantisation the report on the calibration samples
 * @param floating the float reference on the test samples
 * @param floatShifted the float reference on the shifted test samples
 * @param before board and host on the test samples
 * @param shifted on the shifted test samples
 * @param learned the course with true labels
 * @param control the course with shuffled labels
 * @param originalAfterLearning the learned model on the unshifted test samples
 * @param shift what was changed
 * @param labelled samples shown to the board, and how often
 * @param imageBytes of the second image, signed
 * @param plug where the upload of the first image was cut, and went on
 * @param downgradeRefusal what the board said to an older image
 * @param pulledEqualsTwin whether the pulled model is, bit for bit, what the same learning gave on the host
 * @param telemetry the last value of every metric, as a person reads it
 * @param births Sparkplug births seen
 * @param data Sparkplug data messages seen
 * @param original test samples as they are, and {@code changed} after the shift, for pictures
 * @param seconds of the whole journey
 */
record JourneyResult(
        QuantisationReport quantisation,
        Accuracy floating,
        Accuracy floatShifted,
        Comparison before,
        Comparison shifted,
        LearningRun learned,
        LearningRun control,
        Comparison originalAfterLearning,
        SensorShift shift,
        String labelled,
        int imageBytes,
        FlashChapter.PulledPlug plug,
        String downgradeRefusal,
        boolean pulledEqualsTwin,
        Map<String, String> telemetry,
        int births,
        int data,
        Pictures pictures,
        double seconds) {

    private static final double ALLOWED_INTEGER_LOSS = 0.005;

    /** Some images before and after the shift. */
    record Pictures(byte[] original, byte[] changed, int count, int height, int width, int fullScale) {}

    int disagreeing() {
        return before.disagreeing()
                + shifted.disagreeing()
                + learned.after().disagreeing()
                + control.after().disagreeing()
                + originalAfterLearning.disagreeing();
    }

    int compared() {
        return before.board().count()
                + shifted.board().count()
                + learned.after().board().count()
                + control.after().board().count()
                + originalAfterLearning.board().count();
    }

    /** The share of what the shift cost that a course of learning won back. */
    double wonBack(LearningRun run) {
        double lost = before.board().share() - shifted.board().share();
        return (run.after().board().share() - shifted.board().share()) / lost;
    }

    /** What did not go as it must, one sentence each; empty when all is well. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (disagreeing() > 0) {
            failures.add("board and host disagree on " + disagreeing() + " of " + compared() + " samples");
        }
        // Of few samples a single one weighs more than half a point.
        double allowed = Math.max(ALLOWED_INTEGER_LOSS, 1.0 / floating.count());
        if (Math.abs(floating.share() - before.board().share()) > allowed + 1e-9) {
            failures.add("integer accuracy is more than half a point from float");
        }
        if (before.board().share() - shifted.board().share() < 0.05) {
            failures.add("the shift cost less than 5 points, so there is nothing to win back");
        }
        if (!(wonBack(learned) >= 0.5)) {
            failures.add("learning did not win back half of what the shift cost");
        }
        if (wonBack(control) >= 0.5) {
            failures.add("shuffled labels won back as much as true ones should, so the gain proves nothing");
        }
        if (!pulledEqualsTwin) {
            failures.add("the pulled model is not what the same learning gives on the host");
        }
        return failures;
    }
}
