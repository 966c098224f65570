package io.spikelet.hal.tinyodin;

import io.spikelet.hal.Clock;
import io.spikelet.hal.coprocessor.Capability;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.coprocessor.CoProcessorException.Failure;
import io.spikelet.hal.coprocessor.Counters;
import io.spikelet.hal.coprocessor.Health;
import io.spikelet.hal.coprocessor.Plan;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.coprocessor.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A tinyODIN as a co-processor of kind SPIKE; {@link ChipRule} says what it computes. The chip runs in open loop, inputs
 * are its presynaptic rows. Whenever host and chip no longer agree it is reset, programmed and verified anew, which is
 * counted; between samples nobody else notices, within one the step fails, since the membranes are gone.
 */
public final class TinyOdin implements CoProcessor {
    private static final int ATTEMPTS = 3;

    private final String name;
    private final OdinHost host;
    private final Firing firing;
    private final Clock clock;
    private final int[] events = new int[LayerFit.NEURONS];
    private final int[] leakOfAll = {OdinHost.LEAK_OF_ALL};
    private int[] fired = new int[0];

    private OdinMap map;
    /** Whether the chip holds the program, and whether it holds the membranes of a sample that began with it. */
    private boolean loaded;

    private boolean inSample;
    private boolean answers = true;
    private boolean canaries = true;
    private int recoveries;
    private long lostEvents;
    private long programmedNanos;
    private long steps;
    private long inputEvents;
    private long outputEvents;
    private long operations;
    private long writePulses;

    public TinyOdin(String name, SpiPort spi, EventPort events, Firing firing) {
        this(name, spi, events, firing, Clock.system());
    }

    /** @param clock tells the age of what was programmed */
    public TinyOdin(String name, SpiPort spi, EventPort events, Firing firing, Clock clock) {
        this.name = name;
        this.host = new OdinHost(spi, events);
        this.firing = firing;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Kind kind() {
        return Kind.SPIKE;
    }

    @Override
    public Capability capability() {
        return new Capability(LayerFit.NEURONS, LayerFit.NEURONS, LayerFit.LEAST_WEIGHT, LayerFit.MOST_WEIGHT, 1);
    }

    @Override
    public Plan plan(SynapseLayer layer) {
        return new Plan(layer, LayerFit.refusals(layer, firing), 1);
    }

    @Override
    public void program(Plan plan) throws CoProcessorException {
        if (!plan.fits()) {
            throw new IllegalArgumentException("the plan of layer "
                    + plan.layer().name() + " has refusals: " + String.join("; ", plan.refusals()));
        }
        steps = 0;
        inputEvents = 0;
        outputEvents = 0;
        operations = 0;
        writePulses = 0;
        lostEvents = 0;
        recoveries = 0;
        map = new OdinMap(plan.layer(), firing);
        fired = new int[LayerFit.NEURONS];
        inSample = false;
        load(0);
        inSample = true;
    }

    /** Resets, writes and verifies, again where that fails. */
    private void load(int failuresBefore) throws CoProcessorException {
        loaded = false;
        for (int attempt = failuresBefore; ; attempt++) {
            recoveries += attempt > 0 ? 1 : 0;
            try {
                loadOnce();
                return;
            } catch (CoProcessorException failed) {
                answers = failed.failure() != Failure.TIMEOUT && failed.failure() != Failure.PORT;
                if (ofPort(failed) || attempt - failuresBefore == ATTEMPTS - 1) {
                    throw failed;
                }
            }
        }
    }

    private void loadOnce() throws CoProcessorException {
        host.reset();
        new RegisterProbe(host, map.layer().outputs() - 1).run();
        writePulses += map.load().size();
        host.run(map.load());
        Verification verification = readBack();
        if (!verification.holds()) {
            throw new CoProcessorException(
                    Failure.VERIFY_FAILED,
                    name + " does not hold " + verification.failed().size() + " of " + verification.cells()
                            + " cells as written, the first at input "
                            + verification.failed().getFirst().input() + ", output "
                            + verification.failed().getFirst().output() + "; the chip may be broken there");
        }
        programmedNanos = clock.nanoTime();
        answers = true;
        loaded = true;
    }

    private Verification readBack() throws CoProcessorException {
        boolean sings = map.readBack().run(host);
        canaries = sings;
        if (!sings) {
            throw new CoProcessorException(
                    Failure.DESYNC,
                    name + " does not answer as it was written; it is to be reset and programmed again");
        }
        return map.compare();
    }

    @Override
    public Verification verify() throws CoProcessorException {
        requireProgram();
        try {
            return readBack();
        } catch (CoProcessorException failed) {
            throw recovered(failed);
        }
    }

    /** Nothing: its weights are digital. */
    @Override
    public void calibrate(int[] inputs, int samples) {
        requireProgram();
    }

    @Override
    public void reset() throws CoProcessorException {
        requireProgram();
        inSample = false;
        if (loaded) {
            canaries = map.clear().run(host);
            writePulses += 2L * map.layer().outputs();
        }
        if (!loaded || !canaries) {
            load(1);
        }
        inSample = true;
    }

    @Override
    public void step(int[] input, int[] output) throws CoProcessorException {
        requireProgram();
        SynapseLayer layer = map.layer();
        if (input.length != layer.inputs() || output.length != layer.outputs()) {
            throw new IllegalArgumentException(
                    "layer " + layer.name() + " takes " + layer.inputs() + " inputs and gives " + layer.outputs()
                            + " outputs, not " + input.length + " and " + output.length);
        }
        if (!inSample) {
            throw new CoProcessorException(
                    Failure.DESYNC, name + " failed in this sample; reset it and give the sample anew");
        }
        int count = 0;
        for (int pre = 0; pre < input.length; pre++) {
            if (input[pre] < 0 || input[pre] > 1) {
                throw new IllegalArgumentException(
                        "an input of the chip is 0 or 1: input " + pre + " is " + input[pre]);
            }
            if (input[pre] == 1) {
                events[count++] = pre;
            }
        }
        Arrays.fill(fired, 0);
        try {
            work(count);
        } catch (CoProcessorException failed) {
            lostEvents += count;
            throw recovered(failed);
        }
        System.arraycopy(fired, 0, output, 0, output.length);
        steps++;
        inputEvents += count;
        operations += (long) count * layer.outputs();
        for (int n = 0; n < output.length; n++) {
            outputEvents += output[n];
        }
    }

    private void work(int count) throws CoProcessorException {
        host.send(events, count, OdinHost.MOST_ON_THE_WAY, this::count);
        boolean mayFire = count > 0 || map.firesByItself();
        if (firing == Firing.AT_EVERY_SPIKE || !mayFire) {
            host.send(leakOfAll, 1, 1, this::count);
            return;
        }
        for (int times : fired) {
            require(times == 0, "fired out of turn");
        }
        moveThresholds(map.lower());
        host.send(leakOfAll, 1, 1, this::count);
        moveThresholds(map.lift());
    }

    private void moveThresholds(Guarded burst) throws CoProcessorException {
        canaries = burst.run(host);
        writePulses += map.layer().outputs();
        require(canaries, "does not answer as it was written");
    }

    private void require(boolean holds, String what) throws CoProcessorException {
        if (!holds) {
            throw new CoProcessorException(Failure.DESYNC, name + " " + what);
        }
    }

    private void count(int neuron) {
        fired[neuron]++;
    }

    /** The failure to tell, after the chip was brought back if it could be. */
    private CoProcessorException recovered(CoProcessorException failed) {
        inSample = false;
        if (ofPort(failed)) {
            loaded = false;
            answers = false;
            return failed;
        }
        try {
            load(1);
            return new CoProcessorException(
                    failed.failure(),
                    failed.getMessage() + "; it was reset, programmed and verified, so give the sample anew",
                    failed);
        } catch (CoProcessorException again) {
            again.addSuppressed(failed);
            return again;
        }
    }

    /** Of what lies between host and chip; to talk to the chip again helps nothing then. */
    private static boolean ofPort(CoProcessorException failed) {
        return failed.getCause() instanceof IOException;
    }

    private void requireProgram() {
        if (map == null) {
            throw new IllegalStateException(name + " has no program; plan a layer and program it first");
        }
    }

    @Override
    public Counters counters() {
        return new Counters(steps, inputEvents, outputEvents, operations, writePulses, Double.NaN);
    }

    @Override
    public Health health() {
        double age = map == null ? 0 : (clock.nanoTime() - programmedNanos) / 1e9;
        return new Health(answers, canaries, lostEvents, age, recoveries);
    }

    @Override
    public void close() {
        try {
            host.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("the port of " + name + " does not close", failed);
        }
    }
}
