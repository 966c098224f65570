package io.spikelet.bench.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.energy.LoadStepCuts.Laps;
import io.spikelet.bench.energy.MarkCuts.Marks;
import io.spikelet.hal.meter.SampleBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowCutsTest {
    /** 1 W, 3 W with ripple from 2 to 6 s and from 7 to 11 s, 1 W until 13 s; true seconds times 1.0004 on the meter's clock. */
    private static PowerRecording twoWindows() {
        PowerRecording recording = new PowerRecording(PowerRecordingTest.traits(1000, false));
        SampleBlock block = new SampleBlock(100);
        for (int i = 0; i < 13_000; i++) {
            double true_ = i * .001 / 1.0004;
            boolean loaded = true_ >= 2 && true_ < 6 || true_ >= 7 && true_ < 11;
            block.addPower(i * 1_000_000L, loaded ? 2.5 + i % 7 / 6.0 : 1);
            if (i == 500 || i == 2001 || i == 6003) {
                block.addEdge(i * 1_000_000L - 300, 3, false);
            }
            if (i == 3000) {
                block.addEdge(i * 1_000_000L, 3, true);
                block.addEdge(i * 1_000_000L, 2, false);
            }
            if (block.size() == 100) {
                recording.add(block, Math.round(true_ * 1e9) + 5_000_000_000L + i % 1300 * 1000);
                block.clear();
            }
        }
        recording.add(block);
        return recording;
    }

    @Test
    void shouldTakeTheLastTwoFallingEdgesOfTheInput() throws CutException {
        WindowCut cut = EdgeCuts.lastTwo(twoWindows(), 3, 0, 6_500_000_000L);
        assertEquals(2_001_000_000 - 300, cut.fromNanos());
        assertEquals(6_003_000_000L - 300, cut.toNanos());
        assertEquals(1e6 / Math.sqrt(12), cut.borderNanos(), 1);
    }

    @Test
    void shouldSayThatEdgesAreMissing() {
        CutException thrown = assertThrows(
                CutException.class, () -> EdgeCuts.lastTwo(twoWindows(), 3, 2_500_000_000L, 6_500_000_000L));
        assertEquals(
                "input 3 of the meter saw 1 falling edges between 2.500 and 6.500 s, and a window needs two: is the"
                        + " line"
                        + " connected, and does the board run in energy mode?",
                thrown.getMessage());
    }

    @Test
    void shouldRefuseAnInputThatFloats() {
        PowerRecording recording = new PowerRecording(PowerRecordingTest.traits(1e6, false));
        SampleBlock block = new SampleBlock(70_000);
        for (int i = 0; i < 70_000; i++) {
            block.addPower(i * 1000L, 1);
            block.addEdge(i * 1000L, 0, i % 2 == 0);
            if (block.isFull()) {
                break;
            }
        }
        recording.add(block);
        CutException thrown = assertThrows(CutException.class, () -> EdgeCuts.lastTwo(recording, 0, 0, 70_000_000));
        assertTrue(thrown.getMessage().contains("floats"), thrown.getMessage());
    }

    @Test
    void shouldBringMarksToTheMetersClock() throws CutException {
        long host = 5_000_000_000L;
        List<Marks> marks = List.of(
                new Marks(host + 2_000_000_000L, host + 6_000_000_000L),
                new Marks(host + 7_000_000_000L, host + 11_000_000_000L));
        List<BoardWindow> boards = List.of(BoardWindow.timed(10, 3.99), BoardWindow.timed(10, 4.01));
        WindowCuts cuts = MarkCuts.of(twoWindows(), marks, boards, 1e6);
        assertEquals(2e9 * 1.0004, cuts.windows().get(0).fromNanos(), 4e5);
        assertEquals(11e9 * 1.0004, cuts.windows().get(1).toNanos(), 4e5);
        // Host and board differ by 10 ms, which two lines share.
        assertEquals(1e7 / Math.sqrt(2), cuts.borderNanos(), 1);
        assertEquals("windows cut on marks, borders to 7.07 ms", cuts.words());
        assertEquals(2e7, MarkCuts.of(twoWindows(), marks, boards, 2e7).borderNanos());
    }

    @Test
    void shouldRefuseMarksWithoutTheHostsTime() {
        PowerRecording recording = new PowerRecording(PowerRecordingTest.traits(1000, false));
        assertThrows(CutException.class, () -> MarkCuts.of(recording, List.of(), List.of(), 1e6));
    }

    @Test
    void shouldLayLapsOverLoadStepsAndFindTheClocksDrift() throws CutException {
        WindowCuts cuts = LoadStepCuts.of(twoWindows(), List.of(new Laps(102, 106), new Laps(107, 111)));
        assertEquals(CutMethod.ALIGNMENT, cuts.method());
        assertEquals(2e9 * 1.0004, cuts.windows().get(0).fromNanos(), 2e6);
        assertEquals(11e9 * 1.0004, cuts.windows().get(1).toNanos(), 2e6);
        assertEquals(4.0016, cuts.windows().get(1).seconds(), 1e-3);
        assertTrue(cuts.borderNanos() < 2e6, cuts.words());
    }

    @Test
    void shouldFindWindowsBehindAWarmUpThatHidesTheirStarts() throws CutException {
        WindowCuts cuts = LoadStepCuts.of(twoWindows(), List.of(new Laps(103, 106), new Laps(108, 111)));
        assertEquals(3e9 * 1.0004, cuts.windows().get(0).fromNanos(), 2e7);
        assertEquals(6e9 * 1.0004, cuts.windows().get(0).toNanos(), 2e7);
    }

    @Test
    void shouldRefuseLapsThatTheLoadDoesNotShow() {
        List<Laps> laps = new ArrayList<>();
        laps.add(new Laps(102, 106));
        laps.add(new Laps(108.5, 112.5));
        assertThrows(CutException.class, () -> LoadStepCuts.of(twoWindows(), laps));
        assertThrows(CutException.class, () -> LoadStepCuts.of(twoWindows(), List.of(new Laps(0, .01))));
    }
}
