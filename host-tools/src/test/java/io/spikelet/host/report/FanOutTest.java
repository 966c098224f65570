package io.spikelet.host.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import io.spikelet.model.WeightKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Golden values: layers run with all weights and inputs at 1, by bench-rigs/golden/operations.py (PyTorch). */
class FanOutTest {
    private static final Path GOLDEN = Path.of("src/test/golden/operations.json");

    @TestFactory
    List<DynamicTest> shouldCountConnectionsAsNeuroBenchDoes() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode wanted : new ObjectMapper().readTree(GOLDEN.toFile()).get("convolutions")) {
            tests.add(DynamicTest.dynamicTest(wanted.get("name").asText(), () -> check(wanted)));
        }
        assertEquals(4, tests.size());
        return tests;
    }

    private static void check(JsonNode wanted) {
        int[] weight = integers(wanted.get("weight"));
        byte[] codes = new byte[weight.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) weight[i];
        }
        int[] channels = integers(wanted.get("channels"));
        int[] kernel = integers(wanted.get("kernel"));
        int[] stride = integers(wanted.get("stride"));
        int[] padding = integers(wanted.get("padding"));
        int[] dilation = integers(wanted.get("dilation"));
        Operation conv = new Operation.Conv2d(
                channels[1],
                channels[0],
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                padding[0],
                padding[1],
                dilation[0],
                dilation[1],
                wanted.get("groups").asInt(),
                codes,
                new float[channels[1]]);
        FanOut fanOut = FanOut.of(conv, shape(wanted.get("from")), shape(wanted.get("to")))
                .orElseThrow();
        int[] input = integers(wanted.get("input"));
        long dense = 0;
        long events = 0;
        long effective = 0;
        for (int i = 0; i < input.length; i++) {
            dense += fanOut.all()[i];
            events += input[i] == 0 ? 0 : fanOut.all()[i];
            effective += input[i] == 0 ? 0 : fanOut.nonZero()[i];
        }
        assertEquals(wanted.get("dense").asLong(), dense);
        assertEquals(wanted.get("events").asLong(), events);
        assertEquals(wanted.get("effective").asLong(), effective);
        assertTrue(effective < events && events < dense);
    }

    @Test
    void shouldCountTheZerosOfAnyKindOfWeight() {
        byte[] codes = {0, 3, 0, 17, 0, 0};
        Operation dense = new Operation.Dense(2, 3, WeightKind.LOG2, codes, new float[2]);
        FanOut fanOut = FanOut.of(dense, Shape.vector(3), Shape.vector(2)).orElseThrow();

        assertArrayEquals(new int[] {2, 2, 2}, fanOut.all());
        assertArrayEquals(new int[] {1, 1, 0}, fanOut.nonZero());
    }

    private static Shape shape(JsonNode extents) {
        int[] values = integers(extents);
        return new Shape(values[0], values[1], values[2]);
    }

    private static int[] integers(JsonNode list) {
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).asInt();
        }
        return values;
    }
}
