package io.spikelet.host.fleet.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.MetricValue;
import io.spikelet.host.fleet.Reading;
import io.spikelet.host.fleet.store.FleetStore;
import io.spikelet.host.fleet.store.JdbcFleetStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardServerTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 0);
    private static final BoardId ONE = new BoardId("north", "=one");

    @TempDir
    private Path folder;

    private final Fleet fleet = new Fleet();
    private FleetStore store;
    private DashboardServer server;

    @BeforeEach
    void start() throws IOException {
        store = JdbcFleetStore.open(folder.resolve("fleet.db").toString());
        for (int i = 0; i < 120; i++) {
            Board board =
                    fleet.board(new BoardId("south", "b%03d".formatted(i)), 1).orElseThrow();
            board.born(1000 + i, 1000, Map.of("Inference/Accuracy", new MetricValue(900 + i, i / 200.0, "")));
        }
        fleet.board(ONE, 1)
                .orElseThrow()
                .born(5, 5, Map.of("Inference/Accuracy", new MetricValue(5, null, "no labels")));
        store.write(new FleetStore.Batch(
                List.of(new Reading(ONE, "a", 10, 1.5, null), new Reading(ONE, "t", 11, Double.NaN, "x,\"y\"")),
                List.of(),
                List.of()));
        server = DashboardServer.start(HERE, source(), Optional.empty());
    }

    private FleetSource source() {
        return new FleetSource(fleet, Optional.of(store), Optional.empty(), Optional.empty(), () -> "");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        store.close();
    }

    private record Answer(int status, String body, HttpURLConnection connection) {}

    private Answer get(String path, String... headers) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) server.uri().resolve(path).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        for (int i = 0; i < headers.length; i += 2) {
            connection.setRequestProperty(headers[i], headers[i + 1]);
        }
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(
                    status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8), connection);
        }
    }

    private static void requireJson(String text) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            while (json.nextToken() != null) {
                json.getText();
            }
        }
    }

    @Test
    void shouldServeThePageWithNothingFromElsewhere() throws IOException {
        Answer page = get("/");
        assertEquals(200, page.status());
        for (String part : List.of("/fleet.css", "/plots.js", "/board.js", "/fleet.js", "/chart.js")) {
            assertTrue(page.body().contains("\"" + part + "\""));
            assertEquals(200, get(part).status(), part);
        }
        assertFalse(page.body().contains("http://") || page.body().contains("https://"));
        assertTrue(page.connection().getHeaderField("Content-Security-Policy").contains("default-src 'none'"));
        assertEquals(404, get("/nowhere").status());
    }

    @Test
    void shouldSortSearchAndPageTheTableAndPutWhatHasNoValueLast() throws IOException {
        String best = get("/api/fleet?sort=accuracy&desc=1&limit=2").body();
        requireJson(best);
        assertTrue(best.contains("\"boards\":121") && best.contains("\"matching\":121"));
        assertTrue(best.indexOf("b119") > 0 && best.indexOf("b118") > best.indexOf("b119") && !best.contains("b117"));
        String last = get("/api/fleet?sort=accuracy&desc=1&limit=500").body();
        assertTrue(last.indexOf("\"=one\"") > last.indexOf("\"b000\""));
        assertTrue(get("/api/fleet?q=south+b01&limit=500").body().contains("\"matching\":10"));
        assertTrue(get("/api/fleet?state=offline").body().contains("\"matching\":0"));
        assertEquals(400, get("/api/fleet?sort=shoe").status());
        assertEquals(400, get("/api/fleet?offset=-1").status());
        assertEquals(400, get("/api/fleet?state=odd").status());
    }

    @Test
    void shouldTellABoardInDepthAndItsPast() throws IOException {
        String detail = get("/api/board?board=north/%3Done").body();
        requireJson(detail);
        assertTrue(detail.contains("not available: no labels") && detail.contains("\"absent\":true"));
        assertEquals(
                "{\"a\":[[10,1.5,1.5,1.5]]}",
                get("/api/history?board=north/%3Done&from=1&to=100").body());
        assertEquals(400, get("/api/board?board=north/nobody").status());
        assertEquals(400, get("/api/board").status());
    }

    @Test
    void shouldExportTablesAndReadingsAsCsvAndJson() throws IOException {
        String table = get("/api/boards?format=csv").body();
        assertEquals(122, table.lines().count());
        assertTrue(table.contains("north,'=one,online"), "a name is no formula of a spreadsheet");
        requireJson(get("/api/boards?format=json").body());
        assertEquals(
                "group,name,metric,time,value,text\r\nnorth,'=one,a,1970-01-01T00:00:00.010Z,1.5,\r\n"
                        + "north,'=one,t,1970-01-01T00:00:00.011Z,,\"x,\"\"y\"\"\"\r\n",
                get("/api/readings?format=csv&from=1&to=100").body());
        requireJson(get("/api/readings?format=json&from=1&to=100").body());
        assertEquals(400, get("/api/readings?format=xls").status());
    }

    @Test
    void shouldTellPrometheusWhatBoardsHave() throws IOException {
        String metrics = get("/metrics").body();
        assertTrue(metrics.contains("spikelet_boards{state=\"online\"} 121\n"));
        assertTrue(metrics.contains("spikelet_board_accuracy_ratio{group=\"south\",board=\"b119\"} 0.595\n"));
        assertFalse(metrics.contains("NaN"));
        for (String line : metrics.lines().toList()) {
            assertTrue(
                    line.startsWith("# ")
                            || line.matches("[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [-0-9.eE+]+"),
                    line);
        }
    }

    @Test
    void shouldShowWhatABoardSaysAsItSaysIt() throws IOException {
        HttpURLConnection stream = (HttpURLConnection) server.uri()
                .resolve("/api/live?q=b007&board=south/b007")
                .toURL()
                .openConnection();
        stream.setReadTimeout(20_000);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
            await(lines, "event: past");
            await(lines, "\"accuracy\":0.035");
            fleet.find(new BoardId("south", "b007"))
                    .orElseThrow()
                    .set("Inference/Accuracy", new MetricValue(9999, 0.875, ""));
            await(lines, "\"number\":0.875");
            await(lines, "\"accuracy\":0.875"); // comes at each beat, the board itself when it changed
        }
    }

    private static void await(BufferedReader lines, String part) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(part)) {
                return;
            }
        }
        throw new IOException("the stream ended before it said " + part);
    }

    @Test
    void shouldAnswerOnlyThoseWhoAskThisMachineByItsOwnNameAndOnlyQuestions() throws IOException {
        assertEquals("401", raw("GET /api/fleet HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));
        assertEquals(
                "401", raw("GET /api/fleet HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\nConnection: close\r\n\r\n"));
        assertEquals("200", raw("GET /api/fleet HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"));
        assertEquals(
                "405",
                raw("POST /api/fleet HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] start = socket.getInputStream().readNBytes(12);
            return new String(start, StandardCharsets.US_ASCII).substring(9);
        }
    }

    @Test
    void shouldAskForATokenOnceOneIsSetAndTakeItFromBearerCookieOrOnceFromTheAddress() throws IOException {
        server.close();
        server = DashboardServer.start(HERE, source(), Optional.of("secret-token"));
        assertEquals(401, get("/").status());
        assertEquals(401, get("/api/fleet?token=secret-token").status());
        assertEquals(401, get("/?token=wrong").status());
        assertEquals(
                200, get("/metrics", "Authorization", "Bearer secret-token").status());
        Answer let = get("/?token=secret-token");
        assertEquals(303, let.status());
        String cookie = let.connection().getHeaderField("Set-Cookie");
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        assertEquals(
                200,
                get("/", "Cookie", cookie.substring(0, cookie.indexOf(';'))).status());
        assertEquals(401, get("/", "Cookie", "spikelet=secret-tokem").status());
    }

    @Test
    void shouldNotOpenToTheNetworkWithoutAToken() {
        assertThrows(
                IllegalArgumentException.class,
                () -> DashboardServer.start(new InetSocketAddress("0.0.0.0", 0), source(), Optional.empty()));
    }
}
