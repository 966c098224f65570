package io.spikelet.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spikelet.bench.energy.CutMethod;
import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.energy.WindowEnergy;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.sim.EdgeFeed;
import io.spikelet.hal.sim.PowerTrace;
import io.spikelet.hal.sim.SimMeter;
import io.spikelet.hal.sim.SimMeterFaults;
import io.spikelet.host.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's device and a simulated meter whose power is known: what the rig recovers is held against it. */
class EnergyPhaseTest {
    private static final double IDLE = 1.5;
    private static final double LOAD = .8;
    private static final WindowRules SHORT = new WindowRules(2, .2, 2, .5);
    private static final MeterTraits TRAITS =
            new MeterTraits("sim", "a load that is known", 2000, true, new MeterAccuracy(.01, 2e-4, 1e-5), 50, 1, 3);

    @TempDir
    private Path folder;

    @BeforeAll
    static void requirePython() {
        assumeTrue(StrangersDevice.canRun(), "python3 is not installed");
    }

    private static EnergyPlan plan(EnergyPlan.Cut cut, boolean subtractIdle) {
        return new EnergyPlan(cut, OptionalInt.empty(), .2, subtractIdle);
    }

    private static ChosenMeter chosen(EdgeFeed edges, SimMeterFaults faults) {
        PowerTrace trace =
                PowerTrace.constant(IDLE).plus(PowerTrace.switched(LOAD, 0, PowerTrace.Switching.FALLING_EDGES));
        Meter meter = SimMeter.live(TRAITS, trace, faults.withNoise(.002, 10_000), 5, edges);
        return new ChosenMeter(meter, "a test", true, false, false);
    }

    private EnergyOutcome byEdges(SimMeterFaults faults) throws IOException {
        Path pin = Files.createFile(folder.resolve("pin"));
        try (StrangersDevice device = StrangersDevice.start("--energy", "--pin", pin.toString());
                Dut dut = device.open();
                ChosenMeter meter = chosen(new PinFile(pin), faults)) {
            dut.sync();
            return EnergyPhase.run(
                    dut, meter, Inputs.madeUp(1, 40, 255, 1), SHORT, plan(EnergyPlan.Cut.AUTO, true), Progress.SILENT);
        }
    }

    /** All of the windows' true energy, from the meter's own cuts: power is known, and so is how long windows are. */
    private static double truth(EnergyOutcome outcome, double watts) {
        double[] each = outcome.result().windows().stream()
                .mapToDouble(window ->
                        1e6 * watts * window.cut().seconds() / window.board().inferences())
                .sorted()
                .toArray();
        return (each[0] + each[1]) / 2;
    }

    @Test
    void shouldRecoverTheEnergyOfADeviceThatMarksWindowsByItsPin() throws IOException {
        EnergyOutcome outcome = byEdges(SimMeterFaults.none(7));
        assertEquals(CutMethod.EDGES, outcome.result().method());
        assertEquals(IDLE, outcome.idleWatts(), .02 * IDLE);
        for (WindowEnergy window : outcome.result().windows()) {
            assertEquals(IDLE + LOAD, window.watts(), .02 * (IDLE + LOAD));
        }
        Interval found = outcome.microjoules().orElseThrow(() -> new AssertionError(outcome.findings()));
        assertTrue(found.holds(truth(outcome, LOAD)), found + " " + truth(outcome, LOAD));
    }

    @Test
    void shouldCutOnMarksWhereNoWireTells() throws IOException {
        try (StrangersDevice device = StrangersDevice.start();
                Dut dut = device.open();
                ChosenMeter meter = chosen(EdgeFeed.NONE, SimMeterFaults.none(9))) {
            dut.sync();
            EnergyOutcome outcome = EnergyPhase.run(
                    dut, meter, Inputs.madeUp(1, 40, 255, 1), SHORT, plan(EnergyPlan.Cut.AUTO, false), Progress.SILENT);
            assertEquals(CutMethod.MARKS, outcome.result().method());
            for (WindowEnergy window : outcome.result().windows()) {
                assertEquals(IDLE, window.watts(), .02 * IDLE);
                assertTrue(window.cut().seconds() > .15, window.toString());
            }
        }
    }

    @Test
    void shouldSayThatTheMeterWasUnplugged() {
        SimMeterFaults pulled = SimMeterFaults.none(10).withDisconnect(300_000_000L);
        IOException gone = assertThrows(IOException.class, () -> byEdges(pulled));
        assertTrue(gone.getMessage().contains("unplugged"), gone.getMessage());
    }

    @Test
    void shouldSayThatNoEdgesCameWhenTheyWereAskedFor() throws IOException {
        try (StrangersDevice device = StrangersDevice.start();
                Dut dut = device.open();
                ChosenMeter meter = chosen(EdgeFeed.NONE, SimMeterFaults.none(11))) {
            dut.sync();
            IOException none = assertThrows(
                    IOException.class,
                    () -> EnergyPhase.run(
                            dut,
                            meter,
                            Inputs.madeUp(1, 40, 255, 1),
                            new WindowRules(1, .05, 0, 1),
                            plan(EnergyPlan.Cut.EDGES, false),
                            Progress.SILENT));
            assertTrue(none.getMessage().contains("is the line connected"), none.getMessage());
        }
    }
}
