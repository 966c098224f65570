package io.spikelet.host.fleet.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.store.FleetStore;
import io.spikelet.host.page.ChartLibrary;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page and what it asks for, over HTTP. */
public final class DashboardServer implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);
    private static final long DAY_MILLIS = 24L * 3600 * 1000;
    private static final int MOST_POINTS = 2000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FleetSource source;
    private final FleetPulse pulse;
    private final LiveStream live;
    private final AccessGuard guard;
    private final Map<String, Asset> assets;

    private record Asset(String type, byte[] bytes) {}

    private DashboardServer(InetSocketAddress address, FleetSource source, Optional<String> token) throws IOException {
        this.source = source;
        guard = new AccessGuard(token);
        assets = Map.of(
                "/", asset("text/html; charset=utf-8", PageFiles.read("fleet.html")),
                "/fleet.css", asset("text/css; charset=utf-8", PageFiles.read("fleet.css")),
                "/plots.js", asset("text/javascript; charset=utf-8", PageFiles.read("plots.js")),
                "/fleet.js", asset("text/javascript; charset=utf-8", PageFiles.read("fleet.js")),
                "/board.js", asset("text/javascript; charset=utf-8", PageFiles.read("board.js")),
                "/chart.js", asset("text/javascript; charset=utf-8", ChartLibrary.script()));
        // Else each small event waits for the browser's acknowledgement of the one before.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(address, 0);
        pulse = new FleetPulse(source.fleet());
        live = new LiveStream(pulse, source);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /**
     * Starts to serve.
     *
     * @param token who shows it may look; empty only on a loopback address, where this machine's users may
     * @throws IllegalArgumentException when another address has no token
     * @throws IOException when the address cannot be listened on
     */
    public static DashboardServer start(InetSocketAddress address, FleetSource source, Optional<String> token)
            throws IOException {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("there is no address " + address.getHostString() + " to listen on");
        }
        if (token.isEmpty() && !AccessGuard.isLoopback(address.getAddress())) {
            throw new IllegalArgumentException("the page would be open to the network at " + address.getHostString()
                    + ": give a token, or listen on 127.0.0.1");
        }
        try {
            return new DashboardServer(address, source, token);
        } catch (java.net.BindException taken) {
            throw new IOException(
                    "the page cannot listen on " + address.getHostString() + ":" + address.getPort() + " ("
                            + taken.getMessage() + "): choose another address or port",
                    taken);
        }
    }

    /** Where the page is, without a token. */
    public URI uri() {
        InetSocketAddress at = server.getAddress();
        String host = at.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : at.getAddress().getHostAddress();
        return URI.create("http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + at.getPort() + "/");
    }

    private void serve(HttpExchange exchange) {
        Answer answer = new Answer(exchange);
        try (exchange) {
            try {
                admit(exchange, answer);
            } catch (IllegalArgumentException wrong) {
                answer.refuse(400, wrong.getMessage());
            } catch (StoreFailedException failed) {
                answer.refuse(503, failed.getMessage());
            }
        } catch (IOException gone) {
            LOG.debug("an answer ended early: {}", gone.getMessage()); // the browser closed its page, most often
        }
    }

    private void admit(HttpExchange exchange, Answer answer) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> parameters =
                HttpQuery.parse(exchange.getRequestURI().getRawQuery());
        if (!exchange.getRequestMethod().equals("GET")) {
            answer.refuse(405, "this page only tells: ask with GET");
        } else if (path.equals("/") && guard.isToken(parameters.getOrDefault("token", ""))) {
            answer.letIn(parameters.get("token"));
        } else if (!guard.admits(exchange)) {
            answer.refuse(
                    401, "open this page with its token: /?token=TOKEN; without a token it answers to localhost alone");
        } else {
            answer(path, parameters, answer);
        }
    }

    private void answer(String path, Map<String, String> parameters, Answer answer) throws IOException {
        Asset asset = assets.get(path);
        if (asset != null) {
            answer.bytes(asset.type(), asset.bytes());
            return;
        }
        switch (path) {
            case "/api/live" -> live.serve(parameters, answer);
            case "/api/fleet" -> answer.json(FleetJson.fleet(pulse.latest(), TableQuery.of(parameters), source));
            case "/api/boards" -> table(parameters, answer);
            case "/api/board" -> answer.json(BoardDetail.of(source, board(parameters)));
            case "/api/history" -> history(parameters, answer);
            case "/api/readings" -> readings(parameters, answer);
            case "/api/events" -> answer.json(BoardDetail.events(source));
            case "/metrics" ->
                answer.text(Prometheus.CONTENT_TYPE, "", out -> Prometheus.write(pulse.latest(), source, out));
            default -> answer.refuse(404, "there is no page " + path);
        }
    }

    private void table(Map<String, String> parameters, Answer answer) throws IOException {
        TableQuery query = TableQuery.of(parameters);
        if (isCsv(parameters)) {
            answer.text(
                    "text/csv; charset=utf-8",
                    "boards.csv",
                    out -> Export.tableAsCsv(query.matching(pulse.latest().rows()), out));
        } else {
            answer.text(
                    "application/json",
                    "boards.json",
                    out -> Export.tableAsJson(query.matching(pulse.latest().rows()), out));
        }
    }

    private void readings(Map<String, String> parameters, Answer answer) throws IOException {
        BoardId board = parameters.containsKey("board") ? board(parameters) : null;
        FleetStore store = store();
        Span span = Span.of(parameters);
        if (isCsv(parameters)) {
            answer.text(
                    "text/csv; charset=utf-8",
                    "readings.csv",
                    out -> Export.readingsAsCsv(store, board, span.from(), span.to(), out));
        } else {
            answer.text(
                    "application/json",
                    "readings.json",
                    out -> Export.readingsAsJson(store, board, span.from(), span.to(), out));
        }
    }

    private void history(Map<String, String> parameters, Answer answer) throws IOException {
        Span span = Span.of(parameters);
        int points = Math.max(1, HttpQuery.number(parameters, "points", 300, MOST_POINTS));
        var history =
                StoreFailedException.reading(() -> store().history(board(parameters), span.from(), span.to(), points));
        answer.json(FleetJson.object(json -> FleetJson.history(json, history)));
    }

    /** ms since 1970; the last day unless told otherwise. */
    private record Span(long from, long to) {
        static Span of(Map<String, String> parameters) {
            long to = HttpQuery.longNumber(parameters, "to", System.currentTimeMillis() + 1, Long.MAX_VALUE);
            Span span = new Span(HttpQuery.longNumber(parameters, "from", to - DAY_MILLIS, Long.MAX_VALUE), to);
            if (span.from() >= to) {
                throw new IllegalArgumentException("from comes before to, both in ms since 1970");
            }
            return span;
        }
    }

    private static boolean isCsv(Map<String, String> parameters) {
        return switch (parameters.getOrDefault("format", "json")) {
            case "csv" -> true;
            case "json" -> false;
            default -> throw new IllegalArgumentException("format is csv or json");
        };
    }

    private static BoardId board(Map<String, String> parameters) {
        String board = parameters.get("board");
        if (board == null) {
            throw new IllegalArgumentException("name a board: board=GROUP/NAME");
        }
        return BoardId.parse(board);
    }

    private FleetStore store() {
        return source.store()
                .orElseThrow(() -> new IllegalArgumentException("nothing is kept: start with --store to have a past"));
    }

    private static Asset asset(String type, String text) {
        return new Asset(type, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        pulse.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
