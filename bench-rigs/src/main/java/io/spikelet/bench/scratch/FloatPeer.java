package io.spikelet.bench.scratch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spikelet.bench.measure.PythonScript;
import io.spikelet.bench.measure.TemporaryFolder;
import io.spikelet.host.cli.Json;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The same rule in float32, by {@code bench-rigs/peers/ottt.py}: same network, first weights, samples and order. */
final class FloatPeer {
    static final String SCRIPT = "bench-rigs/peers/ottt.py";

    private FloatPeer() {}

    /**
     * Runs the script and waits.
     *
     * @param python an interpreter that has PyTorch
     * @throws IOException when it cannot be run or fails; its own words are on standard error
     */
    static ScratchRun run(String python, SpikingNetwork network, SampleSet train, int[] order, SampleSet test)
            throws IOException {
        try (TemporaryFolder temporary = TemporaryFolder.create("spikelet-scratch")) {
            Path folder = temporary.path();
            write(folder, network, train, order, test);
            return PythonScript.run(
                    python, SCRIPT, List.of(folder.toString()), out -> parse(out, order.length, test.count()));
        }
    }

    private static void write(Path folder, SpikingNetwork network, SampleSet train, int[] order, SampleSet test)
            throws IOException {
        LearningRule rule = network.learning().orElseThrow();
        Operation.Dense hidden = dense(network, 0);
        Operation.Dense readout = dense(network, 1);
        Files.writeString(folder.resolve("task.json"), Json.object(task -> {
            task.writeNumberField("inputs", hidden.inputs());
            task.writeNumberField("hidden", hidden.outputs());
            task.writeNumberField("classes", readout.outputs());
            task.writeNumberField("steps", network.timeSteps());
            task.writeNumberField("full_scale", train.fullScale());
            task.writeNumberField("rate", rule.learningRate());
            task.writeNumberField("halving", rule.halving());
        }));
        Files.write(folder.resolve("samples.u8"), train.samples());
        Files.write(folder.resolve("labels.u8"), train.labels());
        Files.write(folder.resolve("test-samples.u8"), test.samples());
        Files.write(folder.resolve("test-labels.u8"), test.labels());
        Files.write(folder.resolve("hidden.f32"), real(hidden));
        Files.write(folder.resolve("readout.f32"), real(readout));
        ByteBuffer indices = ByteBuffer.allocate(order.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample : order) {
            indices.putInt(sample);
        }
        Files.write(folder.resolve("order.i32"), indices.array());
    }

    private static Operation.Dense dense(SpikingNetwork network, int which) {
        return (Operation.Dense)
                network.layers().get(ScratchNetwork.LEARNING.get(which)).operation();
    }

    /** (outputs, inputs) little-endian floats. */
    private static byte[] real(Operation.Dense dense) {
        ByteBuffer floats =
                ByteBuffer.allocate(dense.weights().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < dense.weights().length; k++) {
            floats.putFloat(dense.weights()[k] * dense.scale()[k / dense.inputs()]);
        }
        return floats.array();
    }

    static ScratchRun parse(InputStream out, int learned, int tested) throws IOException {
        int right = -1;
        double micros = Double.NaN;
        try (JsonParser json = new JsonFactory().createParser(out)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    switch (field) {
                        case "right" -> right = json.getIntValue();
                        case "micros" -> micros = json.getDoubleValue();
                        default -> json.skipChildren();
                    }
                }
            }
        }
        if (right < 0 || !(micros >= 0)) {
            throw new IOException(SCRIPT + " printed no result");
        }
        return new ScratchRun(learned, right, tested, micros);
    }
}
