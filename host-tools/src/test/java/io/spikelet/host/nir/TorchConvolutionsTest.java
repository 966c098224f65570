package io.spikelet.host.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.reference.FloatSimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Golden values: PyTorch's own convolutions, by bench-rigs/golden/torch_convolutions.py. */
class TorchConvolutionsTest {
    private static final Path GOLDEN = Path.of("src/test/golden/torch_convolutions.json");

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> shouldConvolveAsTorchDoes() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode wanted : new ObjectMapper().readTree(GOLDEN.toFile())) {
            tests.add(DynamicTest.dynamicTest(wanted.get("name").asText(), () -> check(wanted)));
        }
        return tests;
    }

    private void check(JsonNode wanted) throws Exception {
        int[] shape = integers(wanted.get("weight_shape"));
        float[] weight = floats(wanted.get("weight"));
        boolean line = shape.length == 3;
        WrittenNir file = new WrittenNir()
                .node("in", "Input", "shape", longs(wanted.get("input_shape")))
                .node("conv", line ? "Conv1d" : "Conv2d", "bias", floats(wanted.get("bias")))
                .set("conv", "weight", line ? cube(weight, shape) : planes(weight, shape))
                .set("conv", "stride", line ? longs(wanted.get("stride"))[0] : longs(wanted.get("stride")))
                .set("conv", "dilation", line ? longs(wanted.get("dilation"))[0] : longs(wanted.get("dilation")))
                .set("conv", "padding", padding(wanted.get("padding"), line))
                .set("conv", "groups", wanted.get("groups").asLong())
                .node("out", "Output", "shape", longs(wanted.get("output_shape")))
                .edge("in", "conv")
                .edge("conv", "out");
        Graph graph = NirImporter.read(file.writeTo(folder.resolve("conv.nir")));
        FloatSimulator simulator = FloatSimulator.of(graph, Profile.NORSE, 1e-3);
        simulator.step(floats(wanted.get("input")));
        assertArrayEquals(floats(wanted.get("output")), simulator.output(), 1e-5f);
    }

    /** {@code input[C, 8] → conv1d → flatten → output}, by the dimensions that Flatten may name. */
    private Graph flattened(int channels, int filters, int startDim, int endDim, int outputs) throws Exception {
        return NirImporter.read(new WrittenNir()
                .node("in", "Input", "shape", new long[] {channels, 8})
                .node("conv", "Conv1d", "weight", new float[filters][channels][3], "bias", new float[filters])
                .set("conv", "stride", 1L)
                .set("conv", "padding", 0L)
                .set("conv", "dilation", 1L)
                .set("conv", "groups", 1L)
                .node("flat", "Flatten", "start_dim", (long) startDim, "end_dim", (long) endDim)
                .set("flat", "input_type", new long[] {filters, 6})
                .node("out", "Output", "shape", new long[] {outputs})
                .edge("in", "conv")
                .edge("conv", "flat")
                .edge("flat", "out")
                .writeTo(folder.resolve("flat.nir")));
    }

    @Test
    void shouldFlattenLinesByTheirOwnTwoDimensions() throws Exception {
        for (int[] dimensions : new int[][] {{0, -1}, {0, 1}, {-2, -1}}) {
            assertEquals(
                    4, flattened(2, 3, dimensions[0], dimensions[1], 18).nodes().size());
        }
        assertEquals(4, flattened(1, 1, 1, -1, 6).nodes().size());
        ImportException refused = assertThrows(ImportException.class, () -> flattened(2, 3, 1, 2, 18));
        assertTrue(
                refused.getMessage().contains("field 'end_dim' is 2; what convolutions of one dimension give"),
                refused.getMessage());
    }

    /** One channel: [1, 8] is no batch of vectors, wherever in the file the convolution stands. */
    @Test
    void shouldReadLinesWhoseConvolutionIsNested() throws Exception {
        WrittenNir net = new WrittenNir()
                .node("enter", "Input", "shape", new long[] {1, 8})
                .node("conv", "Conv1d", "weight", new float[][][] {{{1, 2, 3}}}, "bias", new float[1])
                .set("conv", "stride", 1L)
                .set("conv", "padding", 0L)
                .set("conv", "dilation", 1L)
                .set("conv", "groups", 1L)
                .node("leave", "Output", "shape", new long[] {1, 6})
                .edge("enter", "conv")
                .edge("conv", "leave");
        Graph graph = NirImporter.read(new WrittenNir()
                .node("in", "Input", "shape", new long[] {1, 8})
                .node("out", "Output", "shape", new long[] {1, 1, 6})
                .inner("net", net)
                .edge("in", "net")
                .edge("net", "out")
                .writeTo(folder.resolve("nested.nir")));
        FloatSimulator simulator = FloatSimulator.of(graph, Profile.NORSE, 1);
        simulator.step(new float[] {1, 0, 0, 0, 0, 0, 0, 1});
        assertArrayEquals(new float[] {1, 0, 0, 0, 0, 3}, simulator.output());
    }

    @Test
    void shouldRefuseTwoExtentsWhereNoConvolutionWorksOnLines() {
        Path file =
                WrittenNir.dense().set("input", "shape", new long[] {16, 100}).writeTo(folder.resolve("two.nir"));
        ImportException refused = assertThrows(ImportException.class, () -> NirImporter.read(file));
        assertTrue(
                refused.getMessage()
                        .contains("node 'input', field 'shape' is [16, 100]; give [n] or [channels, height"),
                refused.getMessage());
    }

    private static Object padding(JsonNode padding, boolean line) {
        return padding.isTextual() ? padding.asText() : line ? (Object) longs(padding)[0] : longs(padding);
    }

    private static float[][][] cube(float[] values, int[] shape) {
        float[][][] cube = new float[shape[0]][shape[1]][shape[2]];
        for (int i = 0; i < values.length; i++) {
            cube[i / (shape[1] * shape[2])][i / shape[2] % shape[1]][i % shape[2]] = values[i];
        }
        return cube;
    }

    private static float[][][][] planes(float[] values, int[] shape) {
        int filter = shape[1] * shape[2] * shape[3];
        float[][][][] planes = new float[shape[0]][][][];
        for (int o = 0; o < shape[0]; o++) {
            planes[o] = cube(
                    java.util.Arrays.copyOfRange(values, o * filter, (o + 1) * filter),
                    new int[] {shape[1], shape[2], shape[3]});
        }
        return planes;
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).floatValue();
        }
        return values;
    }

    private static long[] longs(JsonNode list) {
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).asLong();
        }
        return values;
    }

    private static int[] integers(JsonNode list) {
        return java.util.Arrays.stream(longs(list)).mapToInt(Math::toIntExact).toArray();
    }
}
