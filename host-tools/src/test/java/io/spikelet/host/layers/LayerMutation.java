package io.spikelet.host.layers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages a file as wear does, bit by bit, or as an attacker would, value by value. */
final class LayerMutation {
    private static final Pattern VALUE =
            Pattern.compile("\"[^\"]*\"|-?[0-9][0-9.e-]*|\\[[^\\[\\]{}]*\\]|\\{[^\\[\\]{}]*\\}");
    private static final List<String> HOSTILE = List.of(
            "0",
            "-1",
            "1e300",
            "65536",
            "2147483647",
            "1099511627776",
            "9223372036854775807",
            "1" + "0".repeat(60),
            "null",
            "true",
            "\"\"",
            "\"input\"",
            "\"conv.weight\"",
            "\"norm.gamma\"",
            "[]",
            "[1099511627776,1099511627776]",
            "[2147483647,2147483647,2147483647]",
            "{}",
            "{\"eps\":-1}",
            "{\"gain\":\"conv.weight\"}",
            "\"lif1.attention.squeeze\"",
            "{\"spatial\":\"lif1.attention.excite\",\"squeeze\":\"lif2.attention.squeeze\",\"excite\":\"conv2.weight\"}",
            "{\"per_step\":\"conv.weight\"}",
            "[".repeat(2000));
    private static final long[] LENGTHS = {
        0, 1, -1, 1L << 16, Integer.MAX_VALUE, 1L << 32, 1L << 40, 1L << 60, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private LayerMutation() {}

    static byte[] ofJson(byte[] whole, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(whole, random.nextInt(whole.length));
            case 1 -> flipped(whole, random);
            default ->
                changed(new String(whole, StandardCharsets.UTF_8), random).getBytes(StandardCharsets.UTF_8);
        };
    }

    static byte[] ofTensors(byte[] whole, Random random) {
        int length = whole[0] & 0xff | (whole[1] & 0xff) << 8;
        byte[] data = Arrays.copyOfRange(whole, Long.BYTES + length, whole.length);
        byte[] header = Arrays.copyOfRange(whole, Long.BYTES, Long.BYTES + length);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(whole, random.nextInt(whole.length));
            case 1 -> flipped(whole, random);
            case 2 -> WrittenLayers.safetensors(LENGTHS[random.nextInt(LENGTHS.length)], header, data);
            default -> WrittenLayers.safetensors(changed(new String(header, StandardCharsets.UTF_8), random), data);
        };
    }

    private static byte[] flipped(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        for (int k = random.nextInt(4); k >= 0; k--) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    /** Puts something else for one value, key or list. */
    private static String changed(String json, Random random) {
        List<MatchResult> values = new ArrayList<>(VALUE.matcher(json).results().toList());
        MatchResult value = values.get(random.nextInt(values.size()));
        String other = random.nextInt(4) == 0
                ? values.get(random.nextInt(values.size())).group()
                : HOSTILE.get(random.nextInt(HOSTILE.size()));
        return json.substring(0, value.start()) + other + json.substring(value.end());
    }
}
