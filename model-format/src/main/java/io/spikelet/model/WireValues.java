package io.spikelet.model;

import java.util.List;
import java.util.function.IntConsumer;

/** Arrays and refusals that all messages share. */
final class WireValues {
    private WireValues() {}

    static void each(int[] values, IntConsumer add) {
        for (int value : values) {
            add.accept(value);
        }
    }

    static Iterable<Float> list(float[] values) {
        Float[] boxed = new Float[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return List.of(boxed);
    }

    static int[] ints(List<Integer> list) {
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }

    static float[] floats(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }

    /** A proved maximum, which cannot be negative. */
    static long proved(String name, long maximum) {
        if (maximum < 0) {
            throw new IllegalArgumentException(name + " must be 0 or more: " + name + "=" + maximum);
        }
        return maximum;
    }

    static IllegalArgumentException unknown(String name, int value) {
        return new IllegalArgumentException(name + " " + value + " is unknown");
    }
}
