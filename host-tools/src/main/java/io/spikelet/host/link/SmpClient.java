package io.spikelet.host.link;

import io.spikelet.hal.BrokerRefusedException;
import io.spikelet.hal.Clock;
import io.spikelet.hal.LinkUnavailableException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.smp.Cbor;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a board and waits for its answer: SMP v2, one request at a time, a bounded number of tries. One thread. */
public final class SmpClient implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SmpClient.class);

    private final SmpTransport transport;
    private final Clock clock;
    private final Patience patience;
    private int sequence;
    private long ignored;
    private long repeated;

    /** Whether the board ever answered; one that never did may not be there at all. */
    private boolean heard;

    /** The first sequence number is random, since several clients may share the answers of one board. */
    public SmpClient(SmpTransport transport, Clock clock, Patience patience) {
        this.transport = transport;
        this.clock = clock;
        this.patience = patience;
        this.sequence = RandomGenerator.getDefault().nextInt(256);
    }

    SmpReply read(int group, int command, Map<String, ?> fields) throws IOException {
        return ask(SmpHeader.READ, group, command, fields, patience);
    }

    SmpReply write(int group, int command, Map<String, ?> fields) throws IOException {
        return ask(SmpHeader.WRITE, group, command, fields, patience);
    }

    /** For what must not be done twice: one try. */
    SmpReply writeOnce(int group, int command, Map<String, ?> fields) throws IOException {
        return ask(SmpHeader.WRITE, group, command, fields, patience.once());
    }

    private SmpReply ask(int operation, int group, int command, Map<String, ?> fields, Patience limits)
            throws IOException {
        byte[] payload = Cbor.encode(fields);
        sequence = sequence + 1 & 0xFF;
        SmpHeader header = new SmpHeader(SmpHeader.VERSION_2, operation, 0, payload.length, group, sequence, command);
        byte[] request = new SmpMessage(header, payload).toBytes();
        IOException broken = null;
        for (int attempt = 0; attempt < limits.tries(); attempt++) {
            try {
                if (broken != null) {
                    pause(limits.pauseMillis());
                    transport.reopen();
                    broken = null;
                }
                repeated += attempt > 0 ? 1 : 0;
                transport.send(request);
                Map<String, Object> answer = await(header, limits.timeoutMillis());
                if (answer != null) {
                    heard = true;
                    return accepted(header, answer);
                }
                LOG.debug("{} did not answer {} in time", transport.name(), name(header));
            } catch (SmpRefusedException | BrokerRefusedException | InterruptedIOException e) {
                // Asking again would not help.
                throw e;
            } catch (IOException e) {
                LOG.debug("{} failed at {}", transport.name(), name(header), e);
                broken = e;
            }
        }
        throw broken == null ? silence(header, limits) : failure(header, limits, broken);
    }

    /** The answer to {@code request}; null when it did not come in time. */
    private Map<String, Object> await(SmpHeader request, int timeoutMillis) throws IOException {
        long start = clock.nanoTime();
        long left = timeoutMillis;
        while (left > 0) {
            byte[] bytes = transport.receive((int) left);
            if (bytes != null) {
                Map<String, Object> answer = matched(request, bytes);
                if (answer != null) {
                    return answer;
                }
                ignored++;
            }
            left = timeoutMillis - (clock.nanoTime() - start) / 1_000_000;
        }
        return null;
    }

    /** The fields of an answer to {@code request}; null for a late or doubled one, another client's, or a damaged one. */
    private Map<String, Object> matched(SmpHeader request, byte[] bytes) {
        try {
            SmpMessage message = SmpMessage.parse(bytes);
            SmpHeader header = message.header();
            boolean matches = header.operation() == request.operation() + 1
                    && header.sequence() == request.sequence()
                    && header.group() == request.group()
                    && header.command() == request.command();
            if (!matches) {
                return null;
            }
            return message.payload().length == 0 ? Map.of() : Cbor.decode(message.payload());
        } catch (MalformedDataException e) {
            LOG.debug("{} sent what is no answer: {}", transport.name(), e.getMessage());
            return null;
        }
    }

    private SmpReply accepted(SmpHeader header, Map<String, Object> answer) throws IOException {
        SmpReply reply = new SmpReply("the answer of " + transport.name() + " to " + name(header), answer);
        if (answer.get("err") instanceof Map<?, ?> error && error.get("rc") instanceof Long rc) {
            int group = error.get("group") instanceof Long of ? of.intValue() : header.group();
            throw refused(header, rc.intValue(), true, RequestWords.refusal(group, rc.intValue()));
        }
        // Servers of the first version say rc 0 when all is well.
        if (answer.get("rc") instanceof Long rc && rc != 0) {
            throw refused(header, rc.intValue(), false, RequestWords.generalRefusal(rc.intValue()));
        }
        return reply;
    }

    private SmpRefusedException refused(SmpHeader header, int rc, boolean ofGroup, String why) {
        return new SmpRefusedException(
                header.group(),
                header.command(),
                rc,
                ofGroup,
                "the board at " + transport.name() + " refused " + name(header) + ": " + why);
    }

    private IOException silence(SmpHeader header, Patience limits) {
        String sentence = "the board at " + transport.name() + " did not answer " + name(header) + " (" + tries(limits)
                + " of " + limits.timeoutMillis() / 1000.0 + " s); check that it is connected and running"
                + (heard ? "" : " and that its name is right") + ", then try again";
        return heard ? new IOException(sentence) : new LinkUnavailableException(sentence);
    }

    private IOException failure(SmpHeader header, Patience limits, IOException cause) {
        return new IOException(
                "the link " + transport.name() + " failed at " + name(header) + " (" + tries(limits) + "): "
                        + cause.getMessage() + "; check the connection, then try again",
                cause);
    }

    private static String tries(Patience limits) {
        return limits.tries() == 1 ? "1 try" : limits.tries() + " tries";
    }

    private static String name(SmpHeader header) {
        return RequestWords.request(header.group(), header.command());
    }

    private static void pause(int millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while waiting to open the link anew");
        }
    }

    /** Bytes of the server's buffer that the way's framing takes. */
    int framingBytes() {
        return transport.framingBytes();
    }

    /** The largest message that the way carries without harm. */
    int comfortableBytes() {
        return transport.comfortableBytes();
    }

    /** What a person calls the way to the board. */
    public String name() {
        return transport.name();
    }

    /** Messages that came and were no answer to the request of the moment. */
    public long ignored() {
        return ignored;
    }

    /** Requests that went out again. */
    public long repeated() {
        return repeated;
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
