package io.spikelet.bench.learner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spikelet.bench.measure.PythonScript;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/**
 * What one turn of {@code bench-rigs/peers/ottt_step.py} found, µs of the processor for one learning step.
 *
 * @param autograd as the authors of OTTT publish it
 * @param byHand the equations in tensor operations, without a graph
 * @param version of PyTorch
 */
record TorchSteps(double autograd, double byHand, String version) {
    private static final String SCRIPT = "bench-rigs/peers/ottt_step.py";

    /** @throws IOException when it cannot be run or fails; its own words are on standard error */
    static TorchSteps run(String python, double seconds) throws IOException {
        return PythonScript.run(
                python, SCRIPT, List.of("--seconds", String.format(Locale.ROOT, "%.2f", seconds)), TorchSteps::parse);
    }

    static TorchSteps parse(InputStream out) throws IOException {
        double autograd = Double.NaN;
        double byHand = Double.NaN;
        String version = "";
        try (JsonParser json = new JsonFactory().createParser(out)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    switch (field) {
                        case "autograd" -> autograd = json.getDoubleValue();
                        case "by hand" -> byHand = json.getDoubleValue();
                        case "torch" -> version = json.getText();
                        default -> json.skipChildren();
                    }
                }
            }
        }
        if (Double.isNaN(autograd) || Double.isNaN(byHand)) {
            throw new IOException(SCRIPT + " printed no times; run it by hand to see why");
        }
        return new TorchSteps(autograd, byHand, version);
    }
}
