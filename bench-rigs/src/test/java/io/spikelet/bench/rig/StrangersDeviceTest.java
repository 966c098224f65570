package io.spikelet.bench.rig;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrangersDeviceTest {
    private static final WindowRules SHORT = new WindowRules(3, .1, 2, .25);

    @BeforeAll
    static void requirePython() {
        assumeTrue(StrangersDevice.canRun(), "python3 is not installed");
    }

    /** Of five samples the device gets the last one wrong, for its greatest byte among the first four is not the label's. */
    private static SampleSet samples() {
        byte[] bytes = new byte[5 * 40];
        byte[] labels = {0, 1, 2, 3, 3};
        for (int i = 0; i < 4; i++) {
            bytes[40 * i + i] = 90;
            bytes[40 * i + (i + 1) % 4] = 10;
        }
        bytes[40 * 4] = (byte) 200;
        return SampleSet.of("five", StrangersDevice.CLASSES, 255, new int[] {40}, bytes, labels);
    }

    @Test
    void shouldTellWhoTheDeviceIsAndJudgeItsAnswers() throws IOException {
        try (StrangersDevice device = StrangersDevice.start();
                Dut dut = device.open()) {
            assertEquals(new Dut.Identity("stranger", "ULPMark for tinyML Firmware V0.0.1", "ic01"), dut.sync());
            AccuracyResult result = AccuracyPhase.run(dut, samples(), Progress.SILENT);
            assertEquals(4, result.top1().correct());
            assertEquals(.8, result.runner().accuracy());
            assertTrue(result.timed());
        }
    }

    @Test
    void shouldSendEverySampleWholeThoughACommandTakes31Bytes() throws IOException {
        byte[] sample = new byte[100];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (byte) (7 * i);
        }
        try (StrangersDevice device = StrangersDevice.start();
                Dut dut = device.open()) {
            dut.sync();
            dut.load(sample, 0, sample.length);
            // 0, 7, 14 and 21 of their sum, to three places as the device prints
            assertArrayEquals(new double[] {0, .167, .333, .5}, dut.infer(1, 0).scores());
        }
    }

    @Test
    void shouldFillWindowsAndReportTheirMedian() throws IOException {
        try (StrangersDevice device = StrangersDevice.start("--micros", "500");
                Dut dut = device.open()) {
            dut.sync();
            PerformanceResult result = PerformancePhase.run(dut, Inputs.of(samples(), 3), SHORT, Progress.SILENT);
            assertEquals(
                    List.of(0, 1, 2),
                    result.windows().stream().map(Window::sample).toList());
            for (Window window : result.windows()) {
                assertTrue(window.seconds() >= .1, window.toString());
            }
            assertTrue(result.perSecond() > 200 && result.perSecond() <= 2000, result.toString());
            assertFalse(SHORT.ruled());
        }
    }

    @Test
    void shouldRefuseAMedianOfWindowsThatLieFarApart() throws IOException {
        try (StrangersDevice device = StrangersDevice.start("--fault", "scatter");
                Dut dut = device.open()) {
            dut.sync();
            WindowRules strict = new WindowRules(3, .1, 0, .05);
            PerformanceResult result = PerformancePhase.run(dut, Inputs.of(samples(), 3), strict, Progress.SILENT);
            assertTrue(result.refusal().orElseThrow().contains("more than the 5.0 %"), result.toString());
        }
    }

    @Test
    void shouldGetInStepThroughBootTextsHalfLinesAndNoise() throws IOException {
        try (StrangersDevice device = StrangersDevice.start("--fault", "noise")) {
            try (Dut dut = device.open()) {
                assertEquals("stranger", dut.sync().name());
                dut.load(new byte[40], 0, 40);
            }
            try (Dut dut = device.open()) {
                dut.sync();
                for (int i = 0; i < 3; i++) {
                    dut.reopen();
                }
                assertEquals("stranger", dut.identity().name());
            }
        }
    }

    @Test
    void shouldGetInStepWithADeviceThatHoldsHalfACommand() throws IOException {
        try (StrangersDevice device = StrangersDevice.start()) {
            try (var line = io.spikelet.hal.serial.SerialLink.open(device.path(), 115_200)) {
                byte[] half = "db 0102".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                line.write(half, 0, half.length);
            }
            try (Dut dut = device.open()) {
                assertEquals("stranger", dut.sync().name());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "unknown, refused 'infer 1 0': e-[Unknown command: infer]",
        "zeros, scores that are all 0",
        "closes, is gone",
        "reboots, restarted while it answered 'infer 1 0'",
        "half, and then nothing for"
    })
    void shouldSayInOneSentenceWhatIsWrongWithADeviceThatBreaksWhileItInfers(String fault, String said)
            throws IOException {
        try (StrangersDevice device = StrangersDevice.start("--fault", fault);
                Dut dut = new Dut(device.line(300))) {
            dut.sync();
            IOException broken =
                    assertThrows(IOException.class, () -> AccuracyPhase.run(dut, samples(), Progress.SILENT));
            assertTrue(broken.getMessage().contains(said), broken.getMessage());
            assertFalse(broken.getMessage().contains("\n"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "silent, did not answer 'name' within",
        "garbage, and then nothing for",
    })
    void shouldSayInOneSentenceWhyADeviceIsNotInStep(String fault, String said) throws IOException {
        try (StrangersDevice device = StrangersDevice.start("--fault", fault);
                Dut dut = new Dut(device.line(300))) {
            IOException broken = assertThrows(IOException.class, dut::sync);
            assertTrue(broken.getMessage().contains(said), broken.getMessage());
        }
    }

    @Test
    void shouldSayThatTheRunnerWouldJudgeNegativeScoresOtherwise() throws IOException {
        try (StrangersDevice device = StrangersDevice.start("--fault", "negative");
                Dut dut = device.open()) {
            dut.sync();
            AccuracyResult result = AccuracyPhase.run(dut, samples(), Progress.SILENT);
            assertTrue(result.top1().share() != result.runner().accuracy(), result.toString());
        }
    }
}
