package io.spikelet.telemetry;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By how much a number must change to be news, metric by metric; any change of one without a dead-band is. As text:
 * {@code Board/TemperatureCelsius=0.5,Inference/LatencyMicroseconds=10%}, absolute or of the value told last.
 */
public final class DeadBands {
    private static final int MAX_CHARS = 2000;
    private static final Pattern BAND =
            Pattern.compile("(?<metric>[^=,]+)=(?<width>\\d{1,15}(\\.\\d{1,9})?)(?<share>%?)");
    private static final double PERCENT = 100;

    /** Half a degree, a tenth of latency and energy, a hundredth of the work an inference takes. */
    public static final DeadBands DEFAULT = parse("Board/TemperatureCelsius=0.5,Inference/EnergyMicrojoules=10%,"
            + "Inference/LatencyMicroseconds=10%,Inference/Spikes=1%,Inference/SynapticOperations=1%");

    /** Every change is news. */
    public static final DeadBands NONE = new DeadBands(Map.of());

    private record Band(double width, boolean relative) {
        String text() {
            double shown = relative ? width * PERCENT : width;
            String number = shown == Math.rint(shown)
                    ? String.format(Locale.ROOT, "%.0f", shown)
                    : Double.toString(Math.round(shown * 1e9) / 1e9);
            return number + (relative ? "%" : "");
        }
    }

    private final Map<BoardMetric, Band> bands;

    private DeadBands(Map<BoardMetric, Band> bands) {
        this.bands = bands;
    }

    /**
     * Reads the text; an empty one means that every change is news.
     *
     * @throws IllegalArgumentException with a sentence for the person who wrote it
     */
    public static DeadBands parse(String text) {
        if (text.length() > MAX_CHARS) {
            throw new IllegalArgumentException("dead-bands have at most " + MAX_CHARS + " characters");
        }
        Map<BoardMetric, Band> bands = new EnumMap<>(BoardMetric.class);
        for (String word : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Matcher matcher = BAND.matcher(word.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("\"" + word.strip() + "\" is no dead-band; write METRIC=NUMBER or"
                        + " METRIC=NUMBER%, such as Board/TemperatureCelsius=0.5");
            }
            String name = matcher.group("metric");
            BoardMetric metric = BoardMetric.ofWireName(name)
                    .orElseThrow(() -> new IllegalArgumentException("there is no metric \"" + name + "\""));
            if (metric.datatype() != Datatype.DOUBLE && metric.datatype() != Datatype.UINT64) {
                throw new IllegalArgumentException(name + " is no number and has no dead-band");
            }
            boolean relative = !matcher.group("share").isEmpty();
            double width = Double.parseDouble(matcher.group("width"));
            bands.put(metric, new Band(relative ? width / PERCENT : width, relative));
        }
        return new DeadBands(bands);
    }

    /** Whether the second reading is news to whoever knows the first, or null. */
    boolean isNews(BoardMetric metric, Reading told, Reading now) {
        if (now.equals(told)) {
            return false;
        }
        Band band = bands.get(metric);
        if (band == null
                || told == null
                || !(told.value() instanceof Number before)
                || !(now.value() instanceof Number after)) {
            return true;
        }
        double change = Math.abs(after.doubleValue() - before.doubleValue());
        return change >= (band.relative() ? band.width() * Math.abs(before.doubleValue()) : band.width());
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        Map<String, String> words = new TreeMap<>();
        bands.forEach((metric, band) -> words.put(metric.wireName(), band.text()));
        return String.join(
                ",",
                words.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeadBands that && bands.equals(that.bands);
    }

    @Override
    public int hashCode() {
        return bands.hashCode();
    }
}
