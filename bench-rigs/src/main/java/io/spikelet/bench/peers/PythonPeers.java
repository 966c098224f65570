package io.spikelet.bench.peers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spikelet.bench.measure.PythonScript;
import io.spikelet.bench.measure.Spread;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Peers that live in Python, run by {@code bench-rigs/peers/python_peers.py} when their modules are there. The script
 * prints one JSON object: {@code {"results": [{"peer", "workload", "time_steps", "median", "low_quartile",
 * "high_quartile"}], "absent": ["NAME: reason"]}}, times in µs.
 */
final class PythonPeers {
    static final String SCRIPT = "bench-rigs/peers/python_peers.py";

    /** @param micros of one inference */
    record Finding(String peer, String workload, int timeSteps, Spread micros) {}

    private final List<Finding> findings = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();

    private PythonPeers() {}

    /**
     * Runs the script and waits.
     *
     * @param python the interpreter
     * @param arguments of the script
     * @throws IOException when it cannot be run or fails; its own words are on standard error
     */
    static PythonPeers run(String python, List<String> arguments) throws IOException {
        return PythonScript.run(python, SCRIPT, arguments, PythonPeers::parse);
    }

    static PythonPeers parse(InputStream out) throws IOException {
        PythonPeers peers = new PythonPeers();
        try (JsonParser json = new JsonFactory().createParser(out)) {
            String array = "";
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.START_ARRAY) {
                    array = json.currentName();
                } else if (json.currentToken() == JsonToken.START_OBJECT && array.equals("results")) {
                    peers.findings.add(finding(json));
                } else if (json.currentToken() == JsonToken.VALUE_STRING && array.equals("absent")) {
                    peers.absent.add(json.getText());
                }
            }
        }
        return peers;
    }

    private static Finding finding(JsonParser json) throws IOException {
        String peer = "";
        String workload = "";
        int timeSteps = 1;
        double median = Double.NaN;
        double low = Double.NaN;
        double high = Double.NaN;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "peer" -> peer = json.getText();
                case "workload" -> workload = json.getText();
                case "time_steps" -> timeSteps = json.getIntValue();
                case "median" -> median = json.getDoubleValue();
                case "low_quartile" -> low = json.getDoubleValue();
                case "high_quartile" -> high = json.getDoubleValue();
                default -> json.skipChildren();
            }
        }
        return new Finding(peer, workload, timeSteps, new Spread(low, median, high));
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Who was not there, and why. */
    List<String> absent() {
        return List.copyOf(absent);
    }
}
