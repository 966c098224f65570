package io.spikelet.host.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.shared.BrailleSamples;
import io.spikelet.host.shared.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden values: the original snnTorch code of the NIR paper (BrailleSamples) and its published sample 0. */
class BrailleReferenceTest {
    private static final String MODEL = "models/nir/braille_noDelay_bias_zero.nir";

    @Test
    void shouldGiveEveryRecordedSpikeCountOfAllSamples() throws Exception {
        BrailleSamples samples = BrailleSamples.load();
        FloatSimulator simulator = simulator(MODEL, Profile.SNNTORCH);
        int correct = 0;
        for (int sample = 0; sample < samples.count(); sample++) {
            int[] outputSpikes = new int[7];
            int hiddenSpikes = 0;
            simulator.reset();
            for (int t = 0; t < samples.steps(); t++) {
                simulator.step(samples.frame(sample, t));
                hiddenSpikes += (int) sum(simulator.output("lif1.lif"));
                for (int c = 0; c < outputSpikes.length; c++) {
                    outputSpikes[c] += (int) simulator.output()[c];
                }
            }
            BrailleSamples.Reference reference = samples.reference(sample);
            assertArrayEquals(reference.outputSpikes(), outputSpikes, "output spikes of sample " + sample);
            assertEquals(reference.hiddenSpikes(), hiddenSpikes, "hidden spikes of sample " + sample);
            correct += argmax(outputSpikes) == samples.label(sample) ? 1 : 0;
        }
        assertEquals(1117, correct, "rightly read of 1159, published as .9637");
    }

    @Test
    void shouldGiveThePublishedSpikesAndMembranesOfSampleZero() throws Exception {
        BrailleSamples samples = BrailleSamples.load();
        List<float[]> hidden = table("models/braille/test0_hidden_noDelay_bias_zero.csv");
        List<float[]> membranes = table("models/braille/test0_hidden_v_after_reset.csv");
        List<float[]> output = table("models/braille/test0_out_noDelay_bias_zero.csv");
        FloatSimulator simulator = simulator(MODEL, Profile.SNNTORCH);
        for (int t = 0; t < samples.steps(); t++) {
            simulator.step(samples.frame(0, t));
            assertArrayEquals(hidden.get(t), simulator.output("lif1.lif"), "hidden spikes at step " + t);
            assertArrayEquals(output.get(t), simulator.output(), "output spikes at step " + t);
            for (int i = 0; i < 38; i++) {
                float expected = membranes.get(t)[i];
                float tolerance = 1e-5f * Math.max(1, Math.abs(expected));
                assertEquals(expected, simulator.membrane("lif1.lif")[i], tolerance, "membrane " + i + " at step " + t);
            }
        }
    }

    @Test
    void shouldGiveTheSameSpikesWhenTheRecurrenceIsANestedGraph() throws Exception {
        BrailleSamples samples = BrailleSamples.load();
        FloatSimulator flat = simulator(MODEL, Profile.SNNTORCH);
        FloatSimulator nested = simulator("models/nir/braille_noDelay_bias_zero_subgraph.nir", Profile.SNNTORCH);
        for (int sample = 0; sample < 20; sample++) {
            flat.reset();
            nested.reset();
            for (int t = 0; t < samples.steps(); t++) {
                flat.step(samples.frame(sample, t));
                nested.step(samples.frame(sample, t));
                assertArrayEquals(flat.output("lif1.lif"), nested.output("lif1.lif1"));
                assertArrayEquals(flat.output(), nested.output());
            }
        }
    }

    @Test
    void shouldLeaveRecurrentBranchesSilentAtTheStartUnderNorse() throws Exception {
        FloatSimulator snntorch = simulator(MODEL, Profile.SNNTORCH);
        FloatSimulator norse = simulator(MODEL, Profile.NORSE);
        Graph graph = NirImporter.read(SharedFolder.file(MODEL));
        float[] bias = ((io.spikelet.host.graph.Node.Affine) graph.node("lif1.w_rec"))
                .bias()
                .values();
        snntorch.step(new float[12]);
        norse.step(new float[12]);
        for (int i = 0; i < bias.length; i++) {
            float withBias = snntorch.synapticCurrent("lif1.lif")[i];
            assertEquals(withBias - bias[i], norse.synapticCurrent("lif1.lif")[i], 1e-5f);
        }
    }

    private static FloatSimulator simulator(String model, Profile profile) throws Exception {
        return FloatSimulator.of(NirImporter.read(SharedFolder.file(model)), profile, Profile.DEFAULT_DT);
    }

    private static List<float[]> table(String file) throws IOException {
        return Files.readAllLines(SharedFolder.file(file)).stream()
                .map(line -> {
                    String[] cells = line.split(",");
                    float[] values = new float[cells.length];
                    for (int i = 0; i < cells.length; i++) {
                        values[i] = Float.parseFloat(cells[i]);
                    }
                    return values;
                })
                .toList();
    }

    private static float sum(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    private static int argmax(int[] counts) {
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return best;
    }
}
