package io.spikelet.bench.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.Layer;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreparedWorkloadTest {
    private static final double TOLERANCE = 0.03;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "W1 | 784, 512, 512, 512, 512, 10, 10",
                "W2 | 1x28x28, 32x28x28, 32x28x28, 32x28x28, 32x28x28, 32x14x14, 64x14x14, 64x14x14, 64x7x7, 256, 256,"
                        + " 10, 10",
                "W3 | 3x32x32, 64x32x32, 64x32x32, 128x16x16, 128x16x16, 256x8x8, 256x8x8, 256x8x8, 256x8x8, 256, 10,"
                        + " 10"
            })
    void shouldHaveTheStatedShapes(Workload workload, String shapes) {
        SpikingNetwork network = workload.network(1, 1);
        List<String> found =
                network.layers().stream().map(layer -> layer.shape().toString()).toList();
        assertEquals(List.of(shapes.split(", *")), found);
    }

    @ParameterizedTest
    @EnumSource(
            value = Workload.class,
            names = {"W1", "W2", "W4", "K1"})
    void shouldFeedEveryWeightedLayerAtTheStatedDensityOnSamplesItWasNotCalibratedOn(Workload workload) {
        PreparedWorkload prepared = PreparedWorkload.prepare(workload, 0.15, 2);
        boolean pixels = prepared.network().input().shape().area() > 1;
        List<LayerDensity> densities = prepared.densities();
        for (LayerDensity layer : pixels ? densities.subList(1, densities.size()) : densities) {
            assertEquals(0.15, layer.density(), TOLERANCE, layer.layer());
        }
    }

    @Test
    void shouldGiveTheSameNetworkAndSamplesAgain() {
        PreparedWorkload one = PreparedWorkload.prepare(Workload.W1, 0.05, 1);
        PreparedWorkload other = PreparedWorkload.prepare(Workload.W1, 0.05, 1);
        assertArrayEquals(NetworkCodec.encode(one.network()), NetworkCodec.encode(other.network()));
        assertArrayEquals(one.samples(), other.samples());
    }

    @Test
    void shouldDrawGaussianWeightsOfTheStatedDeviation() {
        byte[] weights =
                ((Operation.Dense) Workload.W1.network(1, 1).layers().get(1).operation()).weights();
        double square = 0;
        for (byte weight : weights) {
            assertTrue(weight >= -127);
            square += weight * weight;
        }
        assertEquals(20, Math.sqrt(square / weights.length), 0.2);
    }

    @Test
    void shouldDrawBinaryWeightsForW4() {
        for (Layer layer : Workload.W4.network(1, 1).layers()) {
            if (layer.operation() instanceof Operation.Conv2d conv) {
                for (byte weight : conv.weights()) {
                    assertEquals(1, Math.abs(weight));
                }
            }
        }
    }

    @Test
    void shouldRefuseDensitiesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> PreparedWorkload.prepare(Workload.W1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> PreparedWorkload.prepare(Workload.W1, 1, 1));
    }
}
