package io.spikelet.bench.gradients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.data.SampleSet;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningMethod.Feedback;
import io.spikelet.model.LearningMethod.Kind;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientRunTest {
    private static SampleSet digits(int count) throws Exception {
        return SampleSet.read(Path.of("zoo/data/digits.h5"), "test").first(count);
    }

    private static List<LayerCosine> rows(SpikingNetwork network, SampleSet samples) throws Exception {
        return GradientRun.of("wiring", "rule", network, samples, 1, (done, of) -> {});
    }

    @Test
    void shouldMoveEveryLayerAsTheRuleInDoubleDoes() throws Exception {
        SampleSet samples = digits(12);
        int one = samples.fullScale();
        LearningMethod eProp = LearningMethod.OTTT.withKind(Kind.E_PROP, 0.5f);
        List<SpikingNetwork> networks = List.of(
                GradientNetwork.dense(8, 8, one, 10, LearningMethod.OTTT, 1),
                GradientNetwork.convolutional(8, 8, one, 10, LearningMethod.OTTT, 1),
                GradientNetwork.convolutional(8, 8, one, 10, LearningMethod.OTTT.withFeedback(Feedback.RANDOM), 1),
                GradientNetwork.recurrent(8, 8, one, 10, LearningMethod.OTTT, 1),
                GradientNetwork.recurrent(8, 8, one, 10, eProp.withFeedback(Feedback.RANDOM), 1));
        int layers = 0;
        for (SpikingNetwork network : networks) {
            for (LayerCosine row : rows(network, samples)) {
                assertTrue(row.cosine() >= LayerCosine.FLOOR, row.toString());
                assertTrue(row.samples() > 0, row.toString());
                layers++;
            }
        }
        assertEquals(2 + 4 * 3, layers);
    }

    @Test
    void shouldTellOneRuleFromAnother() throws Exception {
        SampleSet samples = digits(6);
        SpikingNetwork spatial = GradientNetwork.convolutional(8, 8, samples.fullScale(), 10, LearningMethod.OTTT, 1);
        SpikingNetwork random = GradientNetwork.convolutional(
                8, 8, samples.fullScale(), 10, LearningMethod.OTTT.withFeedback(Feedback.RANDOM), 1);
        double[] of = new DoubleRule(spatial).gradients(samples.samples(), 0, samples.label(0))[0];
        double[] other = new DoubleRule(random).gradients(samples.samples(), 0, samples.label(0))[0];
        double product = 0;
        double a = 0;
        double b = 0;
        for (int w = 0; w < of.length; w++) {
            product += of[w] * other[w];
            a += of[w] * of[w];
            b += other[w] * other[w];
        }
        assertFalse(product / Math.sqrt(a * b) > 0.9);
    }
}
