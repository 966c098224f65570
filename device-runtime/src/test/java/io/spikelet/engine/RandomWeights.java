package io.spikelet.engine;

import io.spikelet.model.Operation;
import io.spikelet.model.WeightKind;
import java.util.Random;

/** Dense layers and convolutions of random weights of a random kind. */
final class RandomWeights {
    private final Random random;

    RandomWeights(Random random) {
        this.random = random;
    }

    Operation.Dense dense(int outputs, int inputs) {
        WeightKind kind = kind();
        return new Operation.Dense(outputs, inputs, kind, codes(kind, outputs * inputs), new float[outputs]);
    }

    Operation.Conv2d conv(int outs, int ins, int[] kernel, int[] stride, int[] padding, int dilation, int groups) {
        WeightKind kind = kind();
        return new Operation.Conv2d(
                outs,
                ins,
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                padding[0],
                padding[1],
                dilation,
                1,
                groups,
                kind,
                codes(kind, outs * (ins / groups) * kernel[0] * kernel[1]),
                new float[outs]);
    }

    byte[] int8(int length) {
        return codes(WeightKind.INT8, length);
    }

    private WeightKind kind() {
        WeightKind[] kinds = WeightKind.values();
        return kinds[random.nextInt(kinds.length)];
    }

    /** Codes that the kind allows; the extreme ones among int8's are not rare. */
    byte[] codes(WeightKind kind, int length) {
        byte[] codes = new byte[length];
        for (int i = 0; i < length; i++) {
            do {
                codes[i] = kind == WeightKind.INT8
                        ? (byte) Math.clamp(Math.round(random.nextGaussian() * 60), -127, 127)
                        : (byte) (random.nextInt(40) - 8);
            } while (!kind.allows(codes[i]));
        }
        return codes;
    }
}
