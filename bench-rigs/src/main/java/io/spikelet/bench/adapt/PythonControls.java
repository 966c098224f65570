package io.spikelet.bench.adapt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spikelet.bench.measure.PythonScript;
import io.spikelet.bench.measure.TemporaryFolder;
import io.spikelet.host.cli.Json;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Controls that live in Python, {@code bench-rigs/peers/adapt_controls.py}: plain classifiers frozen and refitted, and the
 * same network in float32. Courses go to it as files of a folder of their own; it prints {@code {"results": [{"course",
 * "method", "before", "after", "stages"}]}}.
 */
final class PythonControls implements AutoCloseable {
    static final String SCRIPT = "bench-rigs/peers/adapt_controls.py";

    /** The yardstick: refitted with all old data and what is new. */
    static final String REFIT = "LDA, refit";

    private static final String LESSONS = "lessons.u8";
    private static final String COUNTS = "lesson-counts.json";

    private final TemporaryFolder temporary = TemporaryFolder.create("spikelet-adapt");
    private final Path folder = temporary.path();
    private int courses;

    PythonControls() throws IOException {
        // The folder is all that is needed before the first course.
    }

    /** Takes what the adapted network learns: for each vector its label, then its bytes. */
    final class Heard implements Lessons, AutoCloseable {
        private final Path course;
        private final int inputs;
        private final int[] counts;
        private final OutputStream out;

        Heard(Path course, Course what) throws IOException {
            this.course = course;
            inputs = what.inputs();
            counts = new int[1 + what.stages().size()];
            out = new BufferedOutputStream(Files.newOutputStream(course.resolve(LESSONS)));
        }

        @Override
        public void learned(int stage, byte[] vectors, int offset, int label) throws IOException {
            counts[1 + stage]++;
            out.write(label);
            out.write(vectors, offset, inputs);
        }

        @Override
        public void close() throws IOException {
            out.close();
            Files.writeString(course.resolve(COUNTS), Json.object(json -> integers(json, "counts", counts)));
        }
    }

    /** Hands over a course; the order of calls is the order of results. */
    Heard hear(Course course, SpikingNetwork untrained) throws IOException {
        Path into = Files.createDirectory(folder.resolve(String.format("%04d", courses++)));
        Files.writeString(into.resolve("course.json"), Json.object(json -> {
            json.writeNumberField("inputs", course.inputs());
            json.writeNumberField("classes", course.classes());
            json.writeNumberField("steps", untrained.timeSteps());
            json.writeNumberField("hidden", dense(untrained, 1).outputs());
            json.writeNumberField("rate", untrained.learning().orElseThrow().learningRate());
            integers(json, "before", course.before());
            integers(json, "held_out", course.heldOut());
            json.writeArrayFieldStart("stages");
            for (Stage stage : course.stages()) {
                json.writeStartObject();
                integers(json, "learned", stage.learned());
                integers(json, "tested", stage.tested());
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
        Files.write(into.resolve("vectors.u8"), course.vectors());
        Files.write(into.resolve("labels.u8"), course.labels());
        ByteBuffer plain =
                ByteBuffer.allocate(course.plain().length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        plain.asIntBuffer().put(course.plain());
        Files.write(into.resolve("plain.i32"), plain.array());
        Files.write(into.resolve("hidden.f32"), real(dense(untrained, 1)));
        Files.write(into.resolve("readout.f32"), real(dense(untrained, 3)));
        return new Heard(into, course);
    }

    private static void integers(JsonGenerator json, String field, int[] values) throws IOException {
        json.writeFieldName(field);
        json.writeArray(values, 0, values.length);
    }

    private static Operation.Dense dense(SpikingNetwork network, int layer) {
        return (Operation.Dense) network.layers().get(layer).operation();
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

    /**
     * Runs the script over all that was handed over.
     *
     * @param python an interpreter with scikit-learn and PyTorch
     * @param plain whether classifiers are enough, without float networks
     * @return the scores of each course
     */
    Map<Integer, List<Scores>> run(String python, boolean plain) throws IOException {
        List<String> arguments = plain ? List.of(folder.toString(), "--plain") : List.of(folder.toString());
        return PythonScript.run(python, SCRIPT, arguments, PythonControls::parse);
    }

    static Map<Integer, List<Scores>> parse(InputStream out) throws IOException {
        Map<Integer, List<Scores>> scores = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(out)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME && "course".equals(json.currentName())) {
                    int course = json.nextIntValue(-1);
                    scores.computeIfAbsent(course, none -> new ArrayList<>()).add(scores(json));
                }
            }
        }
        if (scores.isEmpty()) {
            throw new IOException(SCRIPT + " printed no result");
        }
        return scores;
    }

    /** The fields after the course, to the end of its object. */
    private static Scores scores(JsonParser json) throws IOException {
        String method = "";
        double before = Double.NaN;
        double after = Double.NaN;
        List<Double> stages = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "method" -> method = json.getText();
                case "before" -> before = json.getDoubleValue();
                case "after" -> after = json.getDoubleValue();
                case "stages" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        stages.add(json.getDoubleValue());
                    }
                }
                default -> json.skipChildren();
            }
        }
        return new Scores(
                method,
                before,
                after,
                stages.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public void close() throws IOException {
        temporary.close();
    }
}
