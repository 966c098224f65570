package io.spikelet.bench.fleet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at the page as a browser does and notes how old each new value is when it arrives, by the board's own clock. */
final class PageProbe implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int PATIENCE_MILLIS = 10_000;

    private final HttpURLConnection connection;
    private final List<Long> ages = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Long> told = new HashMap<>();
    private final Thread thread;
    private volatile boolean counting;
    private volatile boolean closing;
    private volatile long longestSilence;
    private volatile String failure = "";

    /** @param rows how many of the table's rows the browser shows */
    PageProbe(URI page, int rows) throws IOException {
        connection = (HttpURLConnection)
                page.resolve("api/live?limit=" + rows).toURL().openConnection();
        connection.setReadTimeout(PATIENCE_MILLIS);
        thread = Thread.ofPlatform().name("bench-browser").start(this::run);
    }

    /** From now on ages count. */
    void count() {
        counting = true;
    }

    void pause() {
        counting = false;
    }

    /** How old values were when they arrived, in ms, youngest first. */
    List<Long> ages() {
        synchronized (ages) {
            return ages.stream().sorted().toList();
        }
    }

    /** The longest time between two events, in ms. */
    long longestSilence() {
        return longestSilence;
    }

    /** Why the stream ended early; empty when it did not. */
    String failure() {
        return failure;
    }

    private void run() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            String event = "";
            long before = System.nanoTime();
            String line = lines.readLine();
            while (line != null && !closing) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith("data: ") && event.equals("fleet")) {
                    long now = System.nanoTime();
                    if (counting) {
                        longestSilence = Math.max(longestSilence, (now - before) / 1_000_000);
                    }
                    before = now;
                    rows(line.substring("data: ".length()), System.currentTimeMillis());
                }
                line = lines.readLine();
            }
        } catch (IOException broken) {
            if (!closing) {
                failure = "the page's stream broke: " + broken.getMessage();
            }
        }
    }

    private void rows(String data, long now) throws IOException {
        try (JsonParser json = JSON.createParser(data)) {
            String name = "";
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING && "name".equals(json.currentName())) {
                    name = json.getText();
                } else if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && "told".equals(json.currentName())) {
                    Long before = told.put(name, json.getLongValue());
                    if (counting && before != null && before != json.getLongValue()) {
                        ages.add(now - json.getLongValue());
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        connection.disconnect();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
