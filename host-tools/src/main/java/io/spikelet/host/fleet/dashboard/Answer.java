package io.spikelet.host.fleet.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** One answer over HTTP. */
final class Answer {
    private static final int BUFFER = 1 << 16;

    private final HttpExchange exchange;
    private boolean begun;

    Answer(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /** Writes a body of unknown length. */
    interface Body {
        void writeTo(Writer out) throws IOException;
    }

    void bytes(String type, byte[] bytes) throws IOException {
        begin(200, type, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    void json(String text) throws IOException {
        bytes("application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param file the name under which a browser saves it; empty shows it */
    void text(String type, String file, Body body) throws IOException {
        if (!file.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"" + file + "\"");
        }
        begin(200, type, 0);
        try (Writer out = new BufferedWriter(
                new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8), BUFFER)) {
            body.writeTo(out);
        }
    }

    /** A stream of server-sent events. */
    OutputStream events() throws IOException {
        begin(200, "text/event-stream", 0);
        return exchange.getResponseBody();
    }

    void letIn(String token) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.add("Set-Cookie", AccessGuard.COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Strict");
        headers.set("Location", "/");
        begin(303, "text/plain; charset=utf-8", -1);
    }

    void refuse(int status, String sentence) throws IOException {
        if (begun) {
            return; // what was sent already cannot be called back; the connection breaks instead
        }
        byte[] bytes = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        begin(status, "text/plain; charset=utf-8", bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** @param length 0 when it is not known, −1 when there is no body */
    private void begin(int status, String type, long length) throws IOException {
        begun = true;
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self';"
                        + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        exchange.sendResponseHeaders(status, length);
    }
}
