package io.spikelet.smp;

import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers SMP requests, whatever link they came by. One thread at a time.
 *
 * <p>What no client can be answered (no whole header, an answer instead of a request) is dropped and counted. A group's
 * IOException is logged, counted and answered as "unknown error"; a bug's unchecked exception goes to the caller's
 * duty cycle.
 */
public final class SmpServer {

    /** The largest request taken unless told otherwise, header included; told to clients by {@link OsGroup}. */
    public static final int BUFFER_BYTES = 4096;

    /** How many requests clients may have on the way at once. */
    public static final int BUFFER_COUNT = 8;

    /** Refusals that go into the log a minute, unless told otherwise. */
    public static final int REFUSALS_TOLD_A_MINUTE = 20;

    private static final Logger LOG = LoggerFactory.getLogger(SmpServer.class);
    private static final int MAX_TOLD = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");
    private static final byte[] NO_ANSWER = new byte[0];

    private final int maxRequestBytes;
    private final Map<Integer, SmpGroup> groups = new TreeMap<>();
    private final LogBudget told;
    private long requests;
    private long dropped;
    private long refused;
    private long failed;

    public SmpServer(List<SmpGroup> groups) {
        this(BUFFER_BYTES, groups);
    }

    /** @param maxRequestBytes larger requests are refused, header included */
    public SmpServer(int maxRequestBytes, List<SmpGroup> groups) {
        this(maxRequestBytes, groups, new LogBudget(REFUSALS_TOLD_A_MINUTE));
    }

    /**
     * @param maxRequestBytes larger requests are refused, header included
     * @param told how many refusals may go into the log; outlives the server, so that a reset gives no more
     */
    public SmpServer(int maxRequestBytes, List<SmpGroup> groups, LogBudget told) {
        if (maxRequestBytes < SmpHeader.BYTES || maxRequestBytes > SmpMessage.MAX_BYTES) {
            throw new IllegalArgumentException("maxRequestBytes must be " + SmpHeader.BYTES + ".."
                    + SmpMessage.MAX_BYTES + ": maxRequestBytes=" + maxRequestBytes);
        }
        this.maxRequestBytes = maxRequestBytes;
        this.told = told;
        for (SmpGroup group : groups) {
            if (this.groups.put(group.id(), group) != null) {
                throw new IllegalArgumentException("two groups have the same id: id=" + group.id());
            }
        }
    }

    /**
     * Carries out one request.
     *
     * @param request an unframed message from the link
     * @return the message to send back; empty when there is nothing to send
     */
    public byte[] handle(byte[] request) {
        requests++;
        SmpHeader header;
        try {
            header = SmpHeader.parse(request);
        } catch (MalformedDataException e) {
            return drop(e.getMessage());
        }
        if (!header.isRequest()) {
            return drop("operation " + header.operation() + " is not a request");
        }
        int version = Math.min(header.version(), SmpHeader.VERSION_2);
        byte[] payload = payload(header, request);
        if (payload.length > SmpMessage.MAX_BYTES - SmpHeader.BYTES) {
            LOG.warn("the answer to {} has {} bytes, more than a message holds", name(header), payload.length);
            failed++;
            payload = Cbor.encode(general(SmpError.MESSAGE_SIZE));
        }
        return new SmpMessage(header.answer(version, payload.length), payload).toBytes();
    }

    private byte[] payload(SmpHeader header, byte[] request) {
        try {
            return Cbor.encode(answer(header, request));
        } catch (SmpException e) {
            refuse(header, e);
            return Cbor.encode(error(header, e));
        } catch (MalformedDataException e) {
            refuse(header, e);
            return Cbor.encode(general(SmpError.INVALID));
        } catch (IOException e) {
            failed++;
            if (told.allows(System.nanoTime())) {
                LOG.warn("{} failed", name(header), e);
            }
            return Cbor.encode(general(SmpError.UNKNOWN));
        }
    }

    private void refuse(SmpHeader header, Exception why) {
        refused++;
        if (told.allows(System.nanoTime())) {
            LOG.info("refused {}: {}{}", name(header), printable(why.getMessage()), told.withheld());
        }
    }

    /** A client's words may stand in a refusal; they must not look like lines of the log. */
    private static String printable(String text) {
        String cut = text.length() > MAX_TOLD ? text.substring(0, MAX_TOLD) + "…" : text;
        return UNPRINTABLE.matcher(cut).replaceAll("?");
    }

    private Map<String, Object> answer(SmpHeader header, byte[] request)
            throws SmpException, MalformedDataException, IOException {
        if (request.length > maxRequestBytes) {
            throw SmpException.general(SmpError.MESSAGE_SIZE, "larger than " + maxRequestBytes + " bytes");
        }
        if (header.version() > SmpHeader.VERSION_2) {
            throw SmpException.general(SmpError.VERSION_TOO_NEW, "protocol version bits " + header.version());
        }
        SmpGroup group = groups.get(header.group());
        if (group == null) {
            throw SmpException.general(SmpError.NOT_SUPPORTED, "there is no such group");
        }
        byte[] payload = SmpMessage.parse(request).payload();
        // A client with nothing to say may send no map at all.
        Map<String, Object> fields = payload.length == 0 ? Map.of() : Cbor.decode(payload);
        return group.handle(
                new SmpRequest(header.version(), header.operation(), header.group(), header.command(), fields));
    }

    private static Map<String, Object> error(SmpHeader header, SmpException e) {
        if (!e.isOfGroup() || header.version() == SmpHeader.VERSION_1) {
            return general(e.generalRc());
        }
        Map<String, Object> ofGroup = new LinkedHashMap<>();
        ofGroup.put("group", header.group());
        ofGroup.put("rc", e.rc());
        return Map.of("err", ofGroup);
    }

    private static Map<String, Object> general(int rc) {
        return Map.of("rc", rc);
    }

    private byte[] drop(String reason) {
        dropped++;
        LOG.debug("dropped what is no SMP request: {}", reason);
        return NO_ANSWER;
    }

    private static String name(SmpHeader header) {
        return "SMP group " + header.group() + " command " + header.command();
    }

    /** Everything that came, the dropped included. */
    public long requests() {
        return requests;
    }

    /** What was no request and got no answer. */
    public long dropped() {
        return dropped;
    }

    /** Requests answered with an error that is the client's matter. */
    public long refused() {
        return refused;
    }

    /** Requests answered with an error that is the board's matter. */
    public long failed() {
        return failed;
    }
}
