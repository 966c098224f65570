package io.spikelet.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.quantise.Adviser;
import io.spikelet.host.quantise.MixedPlanner;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.quantise.Trials;
import io.spikelet.host.report.Advice;
import io.spikelet.host.report.EnergyModel;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.ImageCosts;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.MixedPlan;
import io.spikelet.host.report.QuantisationReport;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages and JSON of a small network whose names come from a file that means harm. */
class ReportPagesTest {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&{{style}}$1";
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final InferenceSettings SETTINGS =
            new InferenceSettings(Profile.NORSE, 1, 2, Encoder.DIRECT, new Readout(2, 1));
    private static final SampleSet SAMPLES =
            SampleSet.of(HOSTILE, 2, 4, new int[] {3}, new byte[] {4, 0, 1, 0, 4, 1, 1, 3, 2}, new byte[] {0, 1, 0});

    /** Its layer's and network's name is the hostile one. */
    private static Graph graph() {
        Node neuron = new Node.If(Tensor.scalar(1), Tensor.scalar(0.3f), Tensor.scalar(0));
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("in", new Node.Input(new int[] {3}));
        nodes.put(HOSTILE, new Node.Affine(Tensor.of(new float[] {1, 0.2f, 0.31f, 0.1f, 1, 0.3f}, 2, 3), null));
        nodes.put("spikes", neuron);
        nodes.put("last", new Node.Affine(Tensor.of(new float[] {1, 0.3f, 0.2f, 1}, 2, 2), null));
        nodes.put("answer", neuron);
        nodes.put("out", new Node.Output(new int[] {2}));
        List<Graph.Edge> edges = new ArrayList<>();
        List<String> names = List.copyOf(nodes.keySet());
        for (int i = 1; i < names.size(); i++) {
            edges.add(new Graph.Edge(names.get(i - 1), names.get(i)));
        }
        return new Graph("small", nodes, edges, List.of("a warning of " + HOSTILE), "00");
    }

    private static QuantiseOptions options() {
        return QuantiseOptions.of("small", SETTINGS, 4);
    }

    private static QuantisationReport report() throws Exception {
        Trials trials = Trials.of(graph(), options(), SAMPLES, Progress.SILENT);
        Advice advice = Adviser.advise(trials, Progress.SILENT);
        MixedPlan plan = MixedPlanner.byLoss(trials, advice, 100_000, Progress.SILENT);
        return Quantiser.quantise(graph(), options(), SAMPLES)
                .report()
                .withEnergyModel(EnergyModel.LOIHI)
                .withChoice(Optional.of(advice), Optional.of(plan));
    }

    private static JsonNode data(String page) throws Exception {
        Matcher data = DATA.matcher(page);
        assertTrue(data.find());
        return new ObjectMapper().readTree(data.group(1));
    }

    private static void assertHarmless(String page) throws Exception {
        String ours = page.replace(ChartLibrary.script(), "");
        assertFalse(ours.contains("<img"), "a name became an element");
        assertEquals(3, ours.split("</script", -1).length - 1, "a name ended a script");
        assertFalse(Pattern.compile("https?://").matcher(ours).find(), "the page names an address");
        assertTrue(ours.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;{{style}}$1"));
        assertTrue(page.contains("default-src 'none'"));
        for (JsonNode chart : data(page)) {
            String id = "<canvas id=\"" + chart.get("id").asText() + "\"";
            assertEquals(2, page.split(Pattern.quote(id), -1).length, "a chart has one place: " + id);
        }
    }

    @Test
    void shouldShowAReportOnAPageThatHarmsNobody() throws Exception {
        QuantisationReport report = report();
        String page = QuantisationPage.of(report).toHtml();

        assertHarmless(page);
        List<String> charts = new ArrayList<>();
        data(page).forEach(chart -> charts.add(chart.get("id").asText()));
        assertEquals(List.of("advice", "pareto", "accuracy", "rates", "noise", "bytes", "operations", "bits"), charts);
        for (String figure : List.of(
                Html.escape(report.advice().orElseThrow().trials().getFirst().sentence()),
                Html.escape("a warning of " + HOSTILE),
                Html.escape(EnergyModel.LOIHI.source()),
                "model loihi, not measured",
                report.payloadBytes() + " bytes for",
                "of 3; 95 % interval")) {
            assertTrue(page.contains(figure), "the page lacks " + figure);
        }
    }

    @Test
    void shouldGiveTheDataOfEveryChartAsItIsInTheReport() throws Exception {
        QuantisationReport report = report();
        Map<String, JsonNode> charts = new LinkedHashMap<>();
        data(QuantisationPage.of(report).toHtml())
                .forEach(chart -> charts.put(chart.get("id").asText(), chart));

        MixedPlan plan = report.plan().orElseThrow();
        JsonNode measured = charts.get("pareto").get("series").get(0);
        for (int i = 0; i < plan.points().size(); i++) {
            assertEquals(
                    plan.points().get(i).measured().points(),
                    measured.get("values").get(i).asDouble());
            assertEquals(
                    plan.points().get(i).measured().interval().high(),
                    measured.get("high").get(i).asDouble());
        }
        double bytes = 0;
        for (JsonNode part : charts.get("bytes").get("series").get(0).get("values")) {
            bytes += part.asDouble();
        }
        assertEquals(report.payloadBytes(), bytes);
    }

    @Test
    void shouldGiveAProgramEveryFigure() throws Exception {
        QuantisationReport report = report();
        JsonNode json = new ObjectMapper().readTree(report.toJson());

        long bytes = 0;
        for (JsonNode part : json.get("payloadParts")) {
            bytes += part.asLong();
        }
        assertEquals(json.get("payloadBytes").asLong(), bytes);
        assertEquals("loihi", json.get("energyEstimate").get("chosen").asText());
        assertEquals(
                json.get("costs").get("effectiveAcsPerSample").asDouble() / 2,
                json.get("costs").get("effectiveAcsPerStep").asDouble());
        double events = 0;
        for (JsonNode layer : json.get("layers")) {
            events += layer.path("eventsPerSample").asDouble();
            assertEquals(layer.get("name").asText().equals("in"), !layer.has("provedBitsLeft"), layer::toString);
        }
        assertEquals(json.get("integer").get("operationsPerInference").asDouble(), events, 1e-9);
        assertEquals(6, json.get("advice").size());
        assertEquals(HOSTILE, json.get("advice").get(0).get("layer").asText());
        assertEquals(
                report.plan().orElseThrow().points().size(),
                json.get("plan").get("points").size());
        assertTrue(json.get("plan").get("points").get(1).get("measuredLoss").has("low95"));
    }

    @Test
    void shouldBeReadByAPersonInTheTerminal() throws Exception {
        String text = report().toText();

        for (String heading : List.of(
                "Signal to noise of membranes before the compare, float against integers\n",
                "Operations a sample, by NeuroBench's definitions\n",
                "Bytes by kind\n",
                "Energy, estimated from operations, not measured\n",
                "Advice, each layer alone, from ",
                "Plan for 100,000 bytes of payload, by measured losses\n",
                "Chosen: every layer as it is\n")) {
            assertTrue(text.contains(heading), () -> heading + " is missing in\n" + text);
        }
        for (String line : text.split("\n")) {
            assertEquals(line.stripTrailing(), line);
        }
    }

    @Test
    void shouldShowAnEvaluationOnAPageThatHarmsNobody() throws Exception {
        SpikingNetwork network = Quantiser.convert(graph(), options());
        ImageCosts costs = ImageCosts.of(network, graph(), SETTINGS, SAMPLES, Progress.SILENT);
        Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        evaluations.put("float", Evaluation.ofFloat(graph(), SETTINGS, SAMPLES, Progress.SILENT));
        evaluations.put("integers", Evaluation.ofInteger(network, SAMPLES, Progress.SILENT));
        String page = EvaluationPage.of("small", HOSTILE, evaluations, Optional.of(costs), EnergyModel.CMOS_45NM)
                .toHtml();

        assertHarmless(page);
        assertEquals(6, data(page).size());
        String plain = EvaluationPage.of("small", HOSTILE, evaluations, Optional.empty(), EnergyModel.CMOS_45NM)
                .toHtml();
        assertHarmless(plain);
        assertEquals(1, data(plain).size());
    }
}
