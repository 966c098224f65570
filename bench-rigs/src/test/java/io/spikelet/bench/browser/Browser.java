package io.spikelet.bench.browser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spikelet.host.cli.Json;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Chromium without a window, driven by its DevTools protocol. */
public final class Browser implements Closeable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int START_SECONDS = 30;
    private static final int ANSWER_SECONDS = 20;

    private final Process process;
    private final Path folder;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private int lastId;

    private Browser(Process process, Path folder) throws IOException, InterruptedException {
        this.process = process;
        this.folder = folder;
        HttpClient http = HttpClient.newHttpClient();
        URI create = URI.create("http://127.0.0.1:" + port() + "/json/new?about:blank");
        String page = http.send(
                        HttpRequest.newBuilder(create)
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(text(page, "webSocketDebuggerUrl").orElseThrow()), new Listener())
                .join();
        ask("Page.enable", "{}");
        ask("Runtime.enable", "{}");
    }

    public static Optional<Path> installed() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(path.split(":")).map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Browser start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("browser");
        Process process = new ProcessBuilder(
                        installed().orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--remote-allow-origins=*",
                        "--user-data-dir=" + folder,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Browser(process, folder);
    }

    private int port() throws IOException, InterruptedException {
        Path file = folder.resolve("DevToolsActivePort");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() - deadline < 0 && process.isAlive()) {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() > 1) {
                    return Integer.parseInt(lines.getFirst());
                }
            }
            Thread.sleep(50);
        }
        throw new IOException("the browser did not come up");
    }

    /** Sizes the window as a device of that many CSS pixels. */
    public void size(int width, int height, boolean phone) throws IOException {
        ask(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":%d,\"mobile\":%b}"
                        .formatted(width, height, phone ? 2 : 1, phone));
    }

    public void dark(boolean dark) throws IOException {
        ask(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + (dark ? "dark" : "light") + "\"}]}");
    }

    public void open(URI page) throws IOException {
        ask("Page.navigate", "{\"url\":\"" + page + "\"}");
    }

    /** What an expression is in the page, as text. */
    public String evaluate(String expression) throws IOException {
        String parameters = Json.object(json -> {
            json.writeStringField("expression", "String(" + expression + ")");
            json.writeBooleanField("returnByValue", true);
        });
        String answer = ask("Runtime.evaluate", parameters);
        return text(answer, "value").orElseThrow(() -> new IOException(expression + " failed: " + answer));
    }

    /** Waits until an expression is true. */
    public void await(String condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        while (!evaluate(condition).equals("true")) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("in the page it never came true that " + condition);
            }
            Thread.sleep(100);
        }
    }

    /** What scripts of the pages threw so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    public void screenshot(Path file) throws IOException {
        String answer = ask("Page.captureScreenshot", "{\"captureBeyondViewport\":true}");
        Files.write(file, Base64.getDecoder().decode(text(answer, "data").orElseThrow()));
    }

    private String ask(String method, String parameters) throws IOException {
        int id = ++lastId;
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .join();
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (Exception silent) {
            throw new IOException("the browser did not answer " + method, silent);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                if (text(whole, "method")
                        .filter("Runtime.exceptionThrown"::equals)
                        .isPresent()) {
                    errors.add(whole);
                }
                number(whole, "id").map(answers::remove).ifPresent(waiting -> waiting.complete(whole));
            }
            from.request(1);
            return null;
        }
    }

    /** The first string field of that name, wherever it is. */
    private static Optional<String> text(String json, String field) {
        return first(json, field, JsonToken.VALUE_STRING);
    }

    private static Optional<Integer> number(String json, String field) {
        return first(json, field, JsonToken.VALUE_NUMBER_INT).map(Integer::valueOf);
    }

    private static Optional<String> first(String json, String field, JsonToken kind) {
        try (JsonParser parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == kind && field.equals(parser.currentName())) {
                    return Optional.of(parser.getText());
                }
            }
            return Optional.empty();
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
