package io.spikelet.bench.fuzz;

import io.spikelet.smp.Cbor;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Messages that no honest client sends, from a seed: noise, true requests with wrong bits, lengths that lie, CBOR that
 * nests, promises or ends early, and requests to every group whose fields are of any type.
 */
final class HostileMessages {
    private static final int MAX_NOISE = 300;
    private static final int MAX_LARGE = 8000;
    private static final int MAX_NESTING = 2000;
    private static final int[] GROUPS = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 63, 64, 65, 65_535};
    private static final int MAX_COMMAND = 9;

    /** A reset takes the board longer than thousands of other requests, so it comes by chance alone. */
    private static final int RESET = 5;

    private static final String[] KEYS = {
        "d",
        "off",
        "data",
        "len",
        "sha",
        "image",
        "upgrade",
        "hash",
        "confirm",
        "slot",
        "name",
        "val",
        "max_size",
        "save",
        "log_name",
        "ts",
        "index",
        "type",
        "format",
        "query",
        "datetime",
        "x",
        "y",
        "at",
        "op",
        "id",
        "ok",
        "to",
        "argv"
    };
    private static final String[] TEXTS = {
        "", "a", "agent", "infer", "adapt", "telemetry/period", "led/use", "../../etc/passwd", "/etc/shadow", "a.bin",
        "upload.draft", "sha256", "crc32", "reset", "guard", "replay", "evaluate", "\0", "\u2028", "%n%s%x",
        "2026-01-31T00:00:00"
    };

    private final Random random;

    HostileMessages(long seed) {
        random = new Random(seed);
    }

    /** The next message; 0 to some thousand bytes. */
    byte[] next() {
        return switch (random.nextInt(10)) {
            case 0 -> noise(random.nextInt(MAX_NOISE));
            case 1 -> message(noise(random.nextInt(MAX_NOISE)));
            case 2 -> flipped(request());
            case 3 -> cut(request());
            case 4 -> lying(request());
            case 5 -> message(nested());
            case 6 -> message(promising());
            case 7 -> random.nextInt(50) == 0 ? noise(random.nextInt(MAX_LARGE)) : flipped(flipped(request()));
            default -> request();
        };
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] message(byte[] payload) {
        int group = GROUPS[random.nextInt(GROUPS.length)];
        int command = random.nextInt(MAX_COMMAND + 1);
        if (group == 0 && command == RESET) {
            command = 0;
        }
        int operation = random.nextInt(20) == 0 ? random.nextInt(8) : 2 * random.nextInt(2);
        SmpHeader header = new SmpHeader(
                random.nextInt(20) == 0 ? random.nextInt(4) : random.nextInt(2),
                operation,
                random.nextInt(256),
                payload.length,
                group,
                random.nextInt(256),
                command);
        return new SmpMessage(header, payload).toBytes();
    }

    private byte[] request() {
        Map<String, Object> fields = new LinkedHashMap<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            fields.put(KEYS[random.nextInt(KEYS.length)], value(0));
        }
        return message(Cbor.encode(fields));
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 3 ? 7 : 9)) {
            case 0 -> (long) random.nextInt(100);
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> TEXTS[random.nextInt(TEXTS.length)];
            case 4 -> noise(random.nextInt(64));
            case 5 -> random.nextGaussian();
            case 6 -> null;
            case 7 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put(KEYS[random.nextInt(KEYS.length)], value(depth + 1));
                yield map;
            }
        };
    }

    private byte[] flipped(byte[] message) {
        int bit = random.nextInt(message.length * 8);
        message[bit >> 3] ^= (byte) (1 << (bit & 7));
        return message;
    }

    private byte[] cut(byte[] message) {
        return Arrays.copyOf(message, random.nextInt(message.length));
    }

    /** Another length in the header than there is. */
    private byte[] lying(byte[] message) {
        message[SmpHeader.BYTES - 6] = (byte) random.nextInt(256);
        message[SmpHeader.BYTES - 5] = (byte) random.nextInt(256);
        return message;
    }

    /** Arrays or maps within one another, deeper than a stack bears. */
    private byte[] nested() {
        byte[] cbor = new byte[1 + random.nextInt(MAX_NESTING)];
        Arrays.fill(cbor, (byte) (random.nextBoolean() ? 0x81 : 0x9f));
        cbor[0] = (byte) 0xbf;
        return cbor;
    }

    /** A map, text or bytes of up to 2^64 announced items and few that are there. */
    private byte[] promising() {
        byte[] cbor = noise(9 + random.nextInt(20));
        cbor[0] = (byte) (new int[] {0xa0, 0x60, 0x40, 0x80}[random.nextInt(4)] | 24 + random.nextInt(4));
        if (random.nextBoolean()) {
            cbor = Arrays.copyOf(new byte[] {(byte) 0xa1, 0x61, 'd'}, 3 + cbor.length);
            cbor[3] = (byte) (0x40 | 26 + random.nextInt(2));
        }
        return cbor;
    }
}
