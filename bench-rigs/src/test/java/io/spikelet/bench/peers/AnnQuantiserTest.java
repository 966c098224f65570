package io.spikelet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.Workload;
import io.spikelet.model.MalformedDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnnQuantiserTest {
    private static final int IMAGES = 40;

    private static List<byte[]> images(AnnTwin twin, long seed) {
        Random random = new Random(seed);
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            byte[] image = new byte[twin.input().size()];
            random.nextBytes(image);
            images.add(image);
        }
        return images;
    }

    @ParameterizedTest
    @EnumSource(
            value = Workload.class,
            names = {"W1", "W2"})
    void shouldStayCloseToTheFloatModelOnImagesItWasNotCalibratedOn(Workload workload) throws Exception {
        AnnTwin twin = AnnTwin.of(PreparedWorkload.prepare(workload, 0.15, 1).network());
        byte[] model = FloatOnnx.write(twin);
        OnnxInputs pixels = new OnnxInputs(0.5f, 0.5f);
        byte[] int8 = AnnQuantiser.quantise(model, images(twin, 1), pixels, 8);
        assertTrue(AnnQuantiser.isFloat(model));
        assertFalse(AnnQuantiser.isFloat(int8));
        List<byte[]> fresh = images(twin, 2);
        double error = 0;
        double power = 0;
        try (OnnxContender one = new OnnxContender("float", model, fresh, pixels, 0);
                OnnxContender other = new OnnxContender("int8", int8, fresh, pixels, 0)) {
            for (int i = 0; i < IMAGES; i++) {
                one.infer();
                other.infer();
                for (int c = 0; c < 10; c++) {
                    double real = one.answer().getFloat(c * Float.BYTES);
                    error += Math.pow(real - other.answer().getFloat(c * Float.BYTES), 2);
                    power += real * real;
                }
            }
        }
        assertTrue(error < 0.01 * power, "error " + error + " of " + power);
    }

    @Test
    void shouldKeepZeroExact() {
        ValueRange range = ValueRange.NONE.including(-1).including(2);
        assertEquals(85, range.zeroPoint());
        assertEquals(3 / 255f, range.scale());
        assertEquals(0, ValueRange.NONE.zeroPoint());
    }

    @Test
    void shouldRefuseBytesThatAreNoModel() {
        assertThrows(
                MalformedDataException.class,
                () -> AnnQuantiser.quantise(new byte[] {1, 2, 3}, List.of(), OnnxInputs.UNIT, 8));
    }
}
