package io.spikelet.host.report;

import io.spikelet.model.WeightKind;
import java.util.Locale;

/**
 * One layer of weights in another kind, all else as it was, on the same samples.
 *
 * @param layer its name
 * @param from the kind it has
 * @param to the kind that was tried
 * @param bytesSaved of the payload; below 0 where the other kind takes more
 * @param loss what accuracy it costs
 * @param weightError {@code ‖W − W_q‖₁ / ‖W‖₁} of the kind that was tried, which needs no sample
 */
public record KindTrial(
        String layer, WeightKind from, WeightKind to, long bytesSaved, PairedDifference loss, double weightError) {
    /** Percentage points that samples must be able to tell before a cost is called none. */
    private static final double TELLING = 1;

    /** What to do, as a sentence without a full stop. */
    public String sentence() {
        return bytesSaved > 0 ? narrower() : wider();
    }

    private String narrower() {
        String saved = ByteText.of(bytesSaved);
        if (loss.isLoss()) {
            return String.format(
                    Locale.ROOT,
                    "layer '%s' loses %.1f points at %s (95 %%: %s): keep it %s",
                    layer,
                    loss.points(),
                    word(to),
                    interval(1),
                    word(from));
        }
        if (loss.isGain()) {
            return String.format(
                    Locale.ROOT,
                    "layer '%s' gains %.1f points at %s (95 %%: %s) and saves %s: make it %s",
                    layer,
                    -loss.points(),
                    word(to),
                    interval(-1),
                    saved,
                    word(to));
        }
        return String.format(
                Locale.ROOT,
                loss.interval().high() > TELLING
                        ? "%s at '%s' costs what %d samples cannot tell from nothing (95 %%: %s points); it saves %s"
                        : "%s costs nothing measurable at '%s' on %d samples (95 %%: %s points) and saves %s",
                word(to),
                layer,
                loss.count(),
                interval(1),
                saved);
    }

    private String wider() {
        String more = ByteText.of(-bytesSaved);
        return loss.isGain()
                ? String.format(
                        Locale.ROOT,
                        "layer '%s' gains %.1f points at %s (95 %%: %s) for %s: make it %s",
                        layer,
                        -loss.points(),
                        word(to),
                        interval(-1),
                        more,
                        word(to))
                : String.format(
                        Locale.ROOT,
                        "%s gains nothing measurable at '%s' on %d samples (95 %%: %s points) and takes %s more: keep"
                                + " it %s",
                        word(to),
                        layer,
                        loss.count(),
                        interval(-1),
                        more,
                        word(from));
    }

    /** @param sign 1 for losses, −1 for gains */
    private String interval(int sign) {
        Accuracy.Interval points = loss.interval();
        return sign > 0
                ? String.format(Locale.ROOT, "%.1f to %.1f", points.low(), points.high())
                : String.format(Locale.ROOT, "%.1f to %.1f", -points.high(), -points.low());
    }

    private static String word(WeightKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
