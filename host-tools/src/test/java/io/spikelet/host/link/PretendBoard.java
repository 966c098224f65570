package io.spikelet.host.link;

import io.spikelet.hal.Clock;
import io.spikelet.smp.NetworkCommands;
import io.spikelet.smp.OsFacts;
import io.spikelet.smp.OsGroup;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpRequest;
import io.spikelet.smp.SmpServer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A board that keeps the wire's promises with the least behind them: the real server and os group, one upload, a
 * network whose class is the sample's first byte, and a count of what it learned.
 */
final class PretendBoard {
    static final int SAMPLE_BYTES = 10;
    static final int CLASSES = 3;

    final ByteArrayOutputStream stored = new ByteArrayOutputStream();
    final List<Long> uploadOffsets = new ArrayList<>();
    final SmpServer server;
    byte[] sha = new byte[0];
    long length = -1;
    boolean match = true;
    byte[] model = new byte[0];
    int learned;
    int resets;
    int inferRequests;

    PretendBoard() {
        this(SmpServer.BUFFER_BYTES);
    }

    PretendBoard(int bufferBytes) {
        OsFacts facts = OsFacts.ofThisMachine("pretend", "0", "test");
        server = new SmpServer(
                bufferBytes,
                List.of(
                        new OsGroup(facts, Clock.system(), () -> resets++, bufferBytes),
                        group(ImageCommands.GROUP, this::image),
                        group(NetworkCommands.GROUP, this::network)));
    }

    private interface Handler {
        Map<String, Object> handle(SmpRequest request) throws SmpException;
    }

    private static SmpGroup group(int id, Handler handler) {
        return new SmpGroup() {
            @Override
            public int id() {
                return id;
            }

            @Override
            public Map<String, Object> handle(SmpRequest request) throws SmpException {
                return handler.handle(request);
            }
        };
    }

    private Map<String, Object> image(SmpRequest request) throws SmpException {
        return switch (request.command()) {
            case ImageCommands.STATE -> imageState(request);
            case ImageCommands.UPLOAD -> upload(request);
            case ImageCommands.ERASE -> {
                forgetUpload();
                yield Map.of();
            }
            default -> throw SmpException.notSupported(request);
        };
    }

    void forgetUpload() {
        stored.reset();
        length = -1;
    }

    private Map<String, Object> upload(SmpRequest request) throws SmpException {
        long offset = request.integer("off", Integer.MAX_VALUE);
        uploadOffsets.add(offset);
        byte[] data = request.bytes("data");
        if (offset == 0) {
            byte[] named = request.bytes("sha");
            if (length < 0 || !Arrays.equals(named, sha)) {
                stored.reset();
                sha = named;
                length = request.integer("len", Integer.MAX_VALUE);
            }
        }
        if (length < 0) {
            return Map.of("off", 0);
        }
        if (offset == stored.size()) {
            stored.writeBytes(data);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("off", stored.size());
        if (stored.size() == length) {
            answer.put("match", match);
        }
        return answer;
    }

    private Map<String, Object> imageState(SmpRequest request) throws SmpException {
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("slot", 1);
        image.put("version", "1.2.3");
        image.put("hash", request.optionalBytes("hash").orElse(new byte[] {9}));
        image.put("bootable", true);
        image.put("pending", true);
        image.put("confirmed", false);
        image.put("active", false);
        image.put("permanent", request.flag("confirm", false));
        return Map.of("images", List.of(image));
    }

    private Map<String, Object> network(SmpRequest request) throws SmpException {
        return switch (request.command()) {
            case NetworkCommands.INFER -> infer(request);
            case NetworkCommands.LEARN -> learn(request);
            case NetworkCommands.LEARN_CONTROL -> {
                learned = 0;
                yield Map.of("n", 0);
            }
            case NetworkCommands.MODEL -> model(request);
            case NetworkCommands.STATUS -> Map.of("name", "pretend", "state", "empty", "learned", learned);
            default -> throw SmpException.notSupported(request);
        };
    }

    private Map<String, Object> infer(SmpRequest request) throws SmpException {
        inferRequests++;
        byte[] samples = request.bytes("x");
        int count = samples.length / SAMPLE_BYTES;
        byte[] classes = new byte[count];
        int[] scores = new int[count * CLASSES];
        byte[] bits = new byte[count * 2];
        int[] spikes = new int[count];
        for (int i = 0; i < count; i++) {
            classes[i] = samples[i * SAMPLE_BYTES];
            scores[i * CLASSES + 1] = -classes[i];
            bits[2 * i] = classes[i];
            spikes[i] = classes[i] + 1;
        }
        return Map.of(
                "class", classes, "scores", scores, "spk", bits, "spikes", spikes, "synops", spikes, "ns", spikes);
    }

    private Map<String, Object> learn(SmpRequest request) throws SmpException {
        int count = request.bytes("y").length;
        long at = request.integer("at", Integer.MAX_VALUE);
        if (at + count != learned) {
            if (at != learned) {
                throw SmpException.ofGroup(NetworkCommands.ERROR_WRONG_POSITION, SmpError.BAD_STATE, "at " + learned);
            }
            learned += count;
        }
        return Map.of("n", learned, "hits", 1);
    }

    private Map<String, Object> model(SmpRequest request) throws SmpException {
        int offset = (int) request.integer("off", model.length);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("off", offset);
        answer.put("data", Arrays.copyOfRange(model, offset, Math.min(model.length, offset + 1000)));
        if (offset == 0) {
            answer.put("len", model.length);
            answer.put("sha", ImageUpload.sha256(model));
        }
        return answer;
    }
}
