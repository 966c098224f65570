package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.Encoder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GoldenEncoderTest {

    @Test
    void shouldEncodeEachSampleAsNumPyDoesAndStartAgainForTheNext() {
        for (GoldenCase golden : GoldenCase.read("encoders")) {
            int steps = golden.number("steps");
            byte[] samples = golden.bytes("samples");
            int[] expected = golden.ints("out");
            int size = expected.length / steps / 2;
            Activity input = new Activity(size);
            Encoder encoder = encoder(golden);
            InputKernel kernel = new InputKernel(encoder, input);
            int frame = encoder.takesFrameEachStep() ? size : 0;
            for (int sample = 0; sample < 2; sample++) {
                kernel.reset();
                for (int t = 0; t < steps; t++) {
                    kernel.accept(samples, sample * samples.length / 2 + t * frame);
                    kernel.step(t);
                    int from = (sample * steps + t) * size;
                    assertArrayEquals(
                            Arrays.copyOfRange(expected, from, from + size), input.value, golden + " step " + t);
                }
            }
        }
    }

    private static Encoder encoder(GoldenCase golden) {
        long seed = Long.parseLong(golden.word("seed"));
        return switch (golden.word("encoder")) {
            case "bernoulli" -> new Encoder.Bernoulli(golden.number("fullScale"), seed);
            case "signed-poisson" -> new Encoder.SignedPoisson(golden.number("zero"), golden.number("gain"), seed);
            case "latency" -> new Encoder.Latency(golden.ints("table"));
            case "spike-times" -> new Encoder.SpikeTimes(golden.number("window"), golden.ints("table"));
            case "direct" -> Encoder.DIRECT;
            case "frames" -> Encoder.FRAMES;
            default -> throw new IllegalArgumentException(golden.word("encoder"));
        };
    }

    @Test
    void shouldFireInProportionToTheValue() {
        Activity input = new Activity(2);
        InputKernel kernel = new InputKernel(new Encoder.Bernoulli(255, 7), input);
        kernel.accept(new byte[] {0, (byte) 191}, 0);
        int fired = 0;
        for (int t = 0; t < 10_000; t++) {
            kernel.step(t);
            assertEquals(0, input.value[0]);
            fired += input.value[1];
        }
        assertTrue(Math.abs(fired - 7490) < 200, "fired " + fired);
    }
}
