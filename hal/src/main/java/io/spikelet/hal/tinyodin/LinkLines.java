package io.spikelet.hal.tinyodin;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The line protocol over a link: a TCP connection, a serial line. */
public final class LinkLines implements Lines {
    private final LineReader reader;
    private final ByteLink link;
    private final int timeoutMillis;
    private boolean outOfStep;

    /** @param timeoutMillis how long an answer may take, positive */
    public LinkLines(ByteLink link, int timeoutMillis) {
        if (timeoutMillis <= 0) {
            throw new IllegalArgumentException("timeoutMillis must be positive: " + timeoutMillis);
        }
        this.link = link;
        this.reader = new LineReader(link);
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public String ask(String request) throws IOException {
        if (outOfStep) {
            throw new IOException(
                    name() + " owes an answer from before, so what comes next may be that; connect again");
        }
        outOfStep = true;
        byte[] line = (request + "\n").getBytes(StandardCharsets.US_ASCII);
        link.write(line, 0, line.length);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        String answer = reader.read(deadline);
        if (answer == null) {
            throw new SocketTimeoutException(name() + " did not answer within " + timeoutMillis
                    + " ms; check what listens there, then connect again");
        }
        outOfStep = false;
        return answer;
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
