package io.spikelet.bench.demo;

import io.spikelet.host.page.Chart;
import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.LayerReport;
import io.spikelet.host.report.SpikeAgreement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The charts of a journey, in the page's order. */
final class JourneyCharts {
    private static final double PERCENT = 100;

    private final JourneyResult result;

    private JourneyCharts(JourneyResult result) {
        this.result = result;
    }

    static List<Chart> of(JourneyResult result) {
        JourneyCharts charts = new JourneyCharts(result);
        return List.of(charts.accuracy(), charts.passes(), charts.times(), charts.spikes(), charts.rates());
    }

    private Chart accuracy() {
        List<String> labels = List.of(
                "before the shift",
                "after the shift",
                "after learning",
                "control: shuffled labels",
                "learned, unshifted scans");
        List<Accuracy> board = List.of(
                result.before().board(),
                result.shifted().board(),
                result.learned().after().board(),
                result.control().after().board(),
                result.originalAfterLearning().board());
        String words = IntStream.range(0, labels.size())
                .mapToObj(i -> labels.get(i) + " " + percent(board.get(i).share()))
                .collect(Collectors.joining(", "));
        return new Chart(
                "accuracy",
                Chart.Kind.BARS,
                "What the shift cost, and what learning won back",
                "Share of the " + board.getFirst().count() + " test scans that were right, in percent. "
                        + "Whiskers: 95 % confidence intervals (Wilson).",
                "Bar chart of accuracy on the board: " + words + ".",
                "network and scans",
                "accuracy (%)",
                PERCENT,
                "%.1f",
                labels,
                labels,
                List.of(
                        accuracies(
                                "float reference",
                                Chart.Role.FLOAT,
                                Arrays.asList(result.floating(), result.floatShifted(), null, null, null)),
                        accuracies("board", Chart.Role.BOARD, board)));
    }

    private static Chart.Series accuracies(String name, Chart.Role role, List<Accuracy> accuracies) {
        List<Optional<Accuracy>> measured =
                accuracies.stream().map(Optional::ofNullable).toList();
        Accuracy.Interval none = new Accuracy.Interval(Double.NaN, Double.NaN);
        return new Chart.Series(
                name,
                role,
                measured.stream()
                        .map(accuracy -> accuracy.map(a -> PERCENT * a.share()).orElse(Double.NaN))
                        .toList(),
                measured.stream()
                        .map(accuracy ->
                                accuracy.map(a -> inPercent(a.interval())).orElse(none))
                        .toList());
    }

    private static Accuracy.Interval inPercent(Accuracy.Interval shares) {
        return new Accuracy.Interval(PERCENT * shares.low(), PERCENT * shares.high());
    }

    private Chart passes() {
        LearningRun learned = result.learned();
        LearningRun control = result.control();
        double level = result.before().board().share();
        int points = learned.accuracies().size();
        List<String> ticks =
                IntStream.range(0, points).mapToObj(Integer::toString).toList();
        return new Chart(
                "passes",
                Chart.Kind.LINES,
                "Learning on the board, pass by pass",
                "Share of the shifted test scans that the board gets right, in percent, before learning (0) and after"
                    + " each pass over the labelled samples. The control sees the same samples with shuffled labels."
                    + " Dashed: the level before the shift.",
                "Line chart of accuracy over passes: " + course(learned) + "; " + course(control)
                        + "; level before the shift " + percent(level) + ".",
                "passes",
                "accuracy (%)",
                PERCENT,
                "%.1f",
                ticks,
                ticks.stream().map(pass -> "after pass " + pass).toList(),
                List.of(
                        new Chart.Series(learned.name(), Chart.Role.BOARD, percents(learned)),
                        new Chart.Series(control.name(), Chart.Role.CONTROL, percents(control)),
                        new Chart.Series(
                                "before the shift",
                                Chart.Role.LEVEL,
                                ticks.stream().map(tick -> PERCENT * level).toList())));
    }

    private static String course(LearningRun run) {
        return run.name() + " from " + percent(run.accuracies().getFirst()) + " to "
                + percent(run.accuracies().getLast());
    }

    private static List<Double> percents(LearningRun run) {
        return run.accuracies().stream().map(share -> PERCENT * share).toList();
    }

    private Chart times() {
        double[] micros = Arrays.stream(result.before().answers().nanos())
                .mapToDouble(nanos -> nanos / 1000.0)
                .toArray();
        return histogram(
                "times",
                "How long one inference takes",
                "Inferences by time on the board, in µs. The board is a process on this computer, so this is its "
                        + "speed; the first ones run before the JIT compiler has seen the code.",
                "inference time (µs)",
                micros);
    }

    private Chart spikes() {
        double[] spikes = Arrays.stream(result.before().answers().spikes())
                .asDoubleStream()
                .toArray();
        return histogram(
                "spikes",
                "How many spikes one inference costs",
                "Inferences by spikes of all neurons over all "
                        + result.quantisation().timeSteps() + " time steps.",
                "spikes in one inference",
                spikes);
    }

    private static Chart histogram(String id, String title, String caption, String across, double[] values) {
        Histogram histogram = Histogram.of(values);
        double[] sorted = Arrays.stream(values).sorted().toArray();
        double largest = sorted[sorted.length - 1];
        String range = String.format(
                Locale.ROOT,
                "smallest %,.0f, median %,.0f, largest %,.0f",
                sorted[0],
                sorted[sorted.length / 2],
                largest);
        List<String> labels = histogram.labels(largest);
        String open = labels.getLast().endsWith("more") ? " The last bar holds all that is above." : "";
        return new Chart(
                id,
                Chart.Kind.HISTOGRAM,
                title,
                caption + " Of " + values.length + ": " + range + "." + open,
                "Histogram of " + across + " of " + values.length + " inferences: " + range + ".",
                across,
                "inferences",
                Double.NaN,
                "%,.0f",
                histogram.ticks(),
                labels,
                List.of(new Chart.Series("inferences", Chart.Role.BOARD, histogram.values())));
    }

    private Chart rates() {
        List<SpikeAgreement> layers = result.quantisation().layers().stream()
                .map(LayerReport::neurons)
                .flatMap(Optional::stream)
                .map(LayerReport.Neurons::spikes)
                .toList();
        List<String> names = layers.stream().map(SpikeAgreement::layer).toList();
        String words = layers.stream()
                .map(layer -> String.format(
                        Locale.ROOT,
                        "%s float %.4f, integer %.4f",
                        layer.layer(),
                        layer.floatRate(),
                        layer.integerRate()))
                .collect(Collectors.joining("; "));
        return new Chart(
                "rates",
                Chart.Kind.BARS,
                "How often neurons fire, float against integers",
                "Spikes a neuron and time step, mean over each neuron layer, on "
                        + result.quantisation().calibration() + ". Equal pairs mean that quantising kept the activity.",
                "Bar chart of firing rates, spikes a neuron and time step: " + words + ".",
                "neuron layer",
                "spikes a neuron and step",
                Double.NaN,
                "%.4f",
                names,
                names,
                List.of(
                        new Chart.Series(
                                "float",
                                Chart.Role.FLOAT,
                                layers.stream().map(SpikeAgreement::floatRate).toList()),
                        new Chart.Series(
                                "integer",
                                Chart.Role.BOARD,
                                layers.stream().map(SpikeAgreement::integerRate).toList())));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
    }
}
