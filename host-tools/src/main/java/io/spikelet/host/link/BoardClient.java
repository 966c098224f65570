package io.spikelet.host.link;

import io.spikelet.host.Progress;
import io.spikelet.smp.NetworkCommands;
import io.spikelet.smp.OsGroup;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one asks of a board, as methods. Every method throws {@link SmpRefusedException} when the board refuses, and
 * another IOException, with a sentence for a person, when it cannot be reached or answers what it should not.
 */
public final class BoardClient implements Closeable {

    /** What a board without the parameters command takes at least. */
    private static final int LEAST_REQUEST_BYTES = 384;

    /** Header, keys and length prefixes of an infer or learn request, generously. */
    private static final int SAMPLES_OVERHEAD = SmpHeader.BYTES + 40;

    private static final int STATISTICS = 2;

    private final SmpClient client;
    private int maxRequestBytes;

    public BoardClient(SmpClient client) {
        this.client = client;
    }

    /** What the board sends back. */
    public String echo(String text) throws IOException {
        return client.write(OsGroup.ID, OsGroup.ECHO, Map.of("d", text)).text("r");
    }

    /** The largest request the board takes; asked once. */
    public int params() throws IOException {
        if (maxRequestBytes == 0) {
            maxRequestBytes = askParams();
        }
        return maxRequestBytes;
    }

    private int askParams() throws IOException {
        try {
            SmpReply reply = client.read(OsGroup.ID, OsGroup.PARAMETERS, Map.of());
            return Math.min(reply.integer("buf_size", Integer.MAX_VALUE), SmpMessage.MAX_BYTES) - client.framingBytes();
        } catch (SmpRefusedException e) {
            if (!e.isOfGroup() && e.rc() == SmpError.NOT_SUPPORTED) {
                return LEAST_REQUEST_BYTES - client.framingBytes();
            }
            throw e;
        }
    }

    /** Restarts the board. Sent once: a board restarted twice would give up the image on trial. */
    public void reset() throws IOException {
        client.writeOnce(OsGroup.ID, OsGroup.RESET, Map.of());
    }

    public List<SlotState> imageState() throws IOException {
        return slots(client.read(ImageCommands.GROUP, ImageCommands.STATE, Map.of()));
    }

    /** Sends a signed image to the slot that does not serve, going on where an earlier upload of it was cut. */
    public void upload(byte[] image, Progress progress) throws IOException {
        new ImageUpload(client, image, Math.min(params(), client.comfortableBytes())).run(progress);
    }

    /** Serves the image at the next reset, once, unless it is confirmed then. */
    public List<SlotState> test(byte[] hash) throws IOException {
        return changeState(hash, false);
    }

    /** Keeps the image that serves. */
    public List<SlotState> confirm() throws IOException {
        return slots(client.write(ImageCommands.GROUP, ImageCommands.STATE, Map.of("confirm", true)));
    }

    /** Serves the image from the next reset on, without a trial. */
    public List<SlotState> confirm(byte[] hash) throws IOException {
        return changeState(hash, true);
    }

    /** Empties the slot that does not serve, and forgets an upload that was cut. */
    public void erase() throws IOException {
        client.write(ImageCommands.GROUP, ImageCommands.ERASE, Map.of());
    }

    private List<SlotState> changeState(byte[] hash, boolean confirm) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("hash", hash);
        fields.put("confirm", confirm);
        return slots(client.write(ImageCommands.GROUP, ImageCommands.STATE, fields));
    }

    private static List<SlotState> slots(SmpReply reply) throws IOException {
        List<SlotState> slots = new ArrayList<>();
        for (SmpReply image : reply.maps("images")) {
            slots.add(new SlotState(
                    image.integer("slot", Integer.MAX_VALUE),
                    image.text("version"),
                    image.optionalBytes("hash").orElse(new byte[0]),
                    image.flag("bootable", false),
                    image.flag("pending", false),
                    image.flag("confirmed", false),
                    image.flag("active", false),
                    image.flag("permanent", false)));
        }
        return slots;
    }

    /**
     * Classifies samples, in as many requests as they need.
     *
     * @param samples {@code count} samples of the same size, one after another
     * @param labelsOrNull (count) the true classes, for the board to count its accuracy; or null
     */
    public Inferences infer(byte[] samples, int count, byte[] labelsOrNull) throws IOException {
        int sampleBytes = sampleBytes(samples, count);
        InferenceCollector collector = new InferenceCollector(count);
        int batch = batch(sampleBytes);
        for (int from = 0; from < count; from += batch) {
            int to = Math.min(count, from + batch);
            Map<String, Object> fields = samples(samples, labelsOrNull, sampleBytes, from, to);
            collector.add(client.write(NetworkCommands.GROUP, NetworkCommands.INFER, fields), to - from);
        }
        return collector.all();
    }

    /**
     * Lets the board learn samples, in as many requests as they need. After a failure, {@link #status} tells how many
     * it learned: go on from there.
     *
     * @param samples {@code labels.length} samples of the same size, one after another
     * @param at samples the board has learned before these
     */
    public LearnResult learn(byte[] samples, byte[] labels, long at) throws IOException {
        int sampleBytes = sampleBytes(samples, labels.length);
        int batch = batch(sampleBytes);
        long learned = at;
        int hits = 0;
        for (int from = 0; from < labels.length; from += batch) {
            int to = Math.min(labels.length, from + batch);
            Map<String, Object> fields = samples(samples, labels, sampleBytes, from, to);
            fields.put("at", learned);
            SmpReply reply = client.write(NetworkCommands.GROUP, NetworkCommands.LEARN, fields);
            learned += to - from;
            if (reply.integer("n") != learned) {
                throw new IOException("the board at " + client.name() + " has learned " + reply.integer("n")
                        + " samples, not " + learned + "; does another client teach it?");
            }
            hits += reply.integer("hits", to - from);
        }
        return new LearnResult(learned, hits);
    }

    /** Forgets what was learned; the model is again the one that was flashed. */
    public void learnReset() throws IOException {
        client.write(NetworkCommands.GROUP, NetworkCommands.LEARN_CONTROL, Map.of("op", "reset"));
    }

    /** What one asks of a board whose model adapts. */
    public AdaptationClient adaptation() {
        return new AdaptationClient(client, this);
    }

    /** What one asks of a board as a device. */
    public ManagementClient management() {
        return new ManagementClient(client);
    }

    /** What one asks and changes of what provisioning set. */
    public ProvisionClient provision() {
        return new ProvisionClient(client);
    }

    /** The fields of as many requests as labelled samples need. */
    List<Map<String, Object>> requests(byte[] samples, byte[] labels) throws IOException {
        int sampleBytes = sampleBytes(samples, labels.length);
        int batch = batch(sampleBytes);
        List<Map<String, Object>> requests = new ArrayList<>();
        for (int from = 0; from < labels.length; from += batch) {
            requests.add(samples(samples, labels, sampleBytes, from, Math.min(labels.length, from + batch)));
        }
        return requests;
    }

    /** The network that serves, with what it learned: the unsigned payload of a model image. */
    public byte[] pullModel(Progress progress) throws IOException {
        return new ModelPull(client).run(progress);
    }

    /**
     * The counters of a group of SMP's statistics.
     *
     * @param group such as {@code infer} or {@code telemetry}
     */
    public Map<String, Long> statistics(String group) throws IOException {
        return client.read(STATISTICS, 0, Map.of("name", group)).integerMap("fields");
    }

    public BoardStatus status() throws IOException {
        return BoardStatus.of(client.read(NetworkCommands.GROUP, NetworkCommands.STATUS, Map.of()));
    }

    private static int sampleBytes(byte[] samples, int count) {
        if (count < 1 || samples.length == 0 || samples.length % count != 0) {
            throw new IllegalArgumentException(
                    "samples must be 1 or more of one size: samples.length=" + samples.length + " count=" + count);
        }
        return samples.length / count;
    }

    /** How many samples, each with its label, fit one request. */
    private int batch(int sampleBytes) throws IOException {
        int room = params() - SAMPLES_OVERHEAD;
        if (room < sampleBytes + 1) {
            throw new IOException("a sample of " + sampleBytes + " bytes does not fit a message of the board at "
                    + client.name() + ", which takes " + params() + " bytes");
        }
        return Math.min(NetworkCommands.MAX_SAMPLES, room / (sampleBytes + 1));
    }

    private static Map<String, Object> samples(byte[] samples, byte[] labels, int sampleBytes, int from, int to) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("x", Arrays.copyOfRange(samples, from * sampleBytes, to * sampleBytes));
        if (labels != null) {
            fields.put("y", Arrays.copyOfRange(labels, from, to));
        }
        return fields;
    }

    /** What a person calls the way to the board. */
    public String name() {
        return client.name();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
