package io.spikelet.hal.crossbar;

import io.spikelet.hal.coprocessor.Capability;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.Counters;
import io.spikelet.hal.coprocessor.Health;
import io.spikelet.hal.coprocessor.Plan;
import io.spikelet.hal.coprocessor.PulsedWeights;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.coprocessor.Verification;
import io.spikelet.hal.crossbar.NoiseSource.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated memristive crossbar of kind CURRENT. It never fails to answer; what it answers is as wrong as its {@link
 * CrossbarSetup} makes it, the same for the same setup, name and calls on every processor. Of {@link CrossbarPresets}'
 * {@code ideal} the sums are those of integers, bit for bit.
 *
 * <p>Its clock stands still but for {@link #age}. What is frozen comes from the setup's seed and the device's name; programming
 * again draws other errors of writing, while stuck cells stay.
 */
public final class Crossbar implements CoProcessor, PulsedWeights {
    private final String name;
    private final CrossbarSetup setup;
    private final long seed;
    private final long noiseSeed;

    /** Of tiles that were ever used: what is stuck or worn stays so when something else is written. */
    private final List<CellArray> cells = new ArrayList<>();

    private SynapseLayer layer;
    private TiledLayer tiled;
    private WriteReport report;
    private NoiseSource stepNoise;
    private NoiseSource calibrationNoise;

    private double now;
    private double programmedAt;
    private double celsius;
    private long steps;
    private long inputEvents;

    public Crossbar(String name, CrossbarSetup setup) {
        this.name = name;
        this.setup = setup;
        seed = NoiseSource.seedOf(setup.seed(), name);
        noiseSeed = NoiseSource.seedOf(setup.noiseSeed(), name);
        celsius = setup.celsius();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Kind kind() {
        return Kind.CURRENT;
    }

    @Override
    public Capability capability() {
        long inputs = (long) setup.size().rows() * setup.size().tiles();
        long outputs = (long) setup.outputsPerTile() * setup.size().tiles();
        return new Capability(
                (int) Math.min(Integer.MAX_VALUE, inputs),
                (int) Math.min(Integer.MAX_VALUE, outputs),
                Byte.MIN_VALUE,
                Byte.MAX_VALUE,
                mostInput());
    }

    private int mostInput() {
        return (1 << setup.converters().dac()) - 1;
    }

    @Override
    public Plan plan(SynapseLayer wanted) {
        List<String> refusals = new ArrayList<>();
        if (wanted.mostInput() > mostInput()) {
            refusals.add("layer " + wanted.name() + " has inputs up to " + wanted.mostInput() + ", a DAC of "
                    + setup.converters().dac() + " bits gives " + mostInput() + " at most; use a wider one (dac)");
        }
        long needed = TileBlock.count(wanted.inputs(), wanted.outputs(), setup);
        if (needed > setup.size().tiles()) {
            refusals.add("layer " + wanted.name() + " takes " + needed + " tiles, there are "
                    + setup.size().tiles() + "; use more or larger ones (tiles, rows, columns)");
        }
        long largest = largestSum(wanted);
        if (largest > Integer.MAX_VALUE) {
            refusals.add("layer " + wanted.name() + " can sum up to " + largest + ", more than 32 bits hold");
        }
        return new Plan(wanted, refusals, (int) Math.min(Integer.MAX_VALUE, needed));
    }

    private static long largestSum(SynapseLayer layer) {
        long most = 0;
        for (int j = 0; j < layer.outputs(); j++) {
            long sum = 0;
            for (int i = 0; i < layer.inputs(); i++) {
                sum += Math.abs(layer.weights()[i * layer.outputs() + j]);
            }
            most = Math.max(most, sum);
        }
        return most * layer.mostInput();
    }

    /**
     * {@inheritDoc} Cells that do not take what they are given are no failure here: {@link #verify} and {@link #writeReport}
     * tell of them.
     */
    @Override
    public void program(Plan plan) {
        if (!plan.fits() || !plan(plan.layer()).fits()) {
            throw new IllegalArgumentException(
                    name + " cannot hold layer " + plan.layer().name());
        }
        layer = plan.layer();
        List<TileBlock> blocks = TileBlock.of(layer.inputs(), layer.outputs(), setup);
        while (cells.size() < blocks.size()) {
            int whole = setup.size().rows() * setup.size().columns();
            cells.add(new CellArray(whole, setup, seed, cells.size()));
        }
        tiled = new TiledLayer(setup, layer, blocks, cells, noiseSeed);
        report = tiled.write(now, celsius);
        stepNoise = new NoiseSource(noiseSeed, Purpose.STEP, 0);
        calibrationNoise = new NoiseSource(noiseSeed, Purpose.CALIBRATION, 0);
        steps = 0;
        inputEvents = 0;
        programmedAt = now;
    }

    /**
     * {@inheritDoc} A weight fails when it is further off than its cells can be together while each is within the tolerance
     * of {@link Writing}.
     */
    @Override
    public Verification verify() {
        needLayer();
        return tiled.verify(now);
    }

    /** {@inheritDoc} It does so against the codes as they are now, so after {@link #age} it makes up for drift. */
    @Override
    public void calibrate(int[] inputs, int samples) {
        needLayer();
        if (samples < 1 || inputs.length != samples * layer.inputs()) {
            throw new IllegalArgumentException(name + ": " + samples + " samples of " + layer.inputs()
                    + " inputs are 1 or more, and not " + inputs.length + " values");
        }
        tiled.calibrate(inputs, samples, calibrationNoise);
    }

    /** {@inheritDoc} A crossbar keeps nothing between steps. */
    @Override
    public void reset() {
        needLayer();
    }

    /** {@inheritDoc} Sums are rounded half to even. */
    @Override
    public void step(int[] input, int[] output) {
        needLayer();
        if (input.length != layer.inputs() || output.length != layer.outputs()) {
            throw new IllegalArgumentException(name + ": a step of layer " + layer.name() + " takes " + layer.inputs()
                    + " inputs and " + layer.outputs() + " outputs, not " + input.length + " and " + output.length);
        }
        tiled.step(input, output, stepNoise);
        steps++;
        for (int i = 0; i < layer.inputs(); i++) {
            inputEvents += input[i] != 0 ? 1 : 0;
        }
    }

    /** Lets time pass; what drifts, drifts. It solves all lines again. */
    public void age(double seconds) {
        if (!(seconds >= 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException(name + ": time passes by 0 s or more, and finite: " + seconds);
        }
        now += seconds;
        settle();
    }

    /** Makes it warmer or colder; it solves all lines again. */
    public void setCelsius(double degrees) {
        CrossbarSetup.within("celsius", degrees, -200, 500);
        celsius = degrees;
        settle();
    }

    /** How the last programming went. */
    public WriteReport writeReport() {
        needLayer();
        return report;
    }

    /** Since it was programmed, programming included. */
    public CrossbarEnergy energy() {
        needLayer();
        return tiled.energy();
    }

    @Override
    public Counters counters() {
        return layer == null
                ? new Counters(0, 0, 0, 0, 0, 0)
                : new Counters(
                        steps,
                        inputEvents,
                        0,
                        inputEvents * layer.outputs(),
                        tiled.pulses(),
                        tiled.energy().total());
    }

    /** {@inheritDoc} Every tile has one canary column, read with noise of its own. */
    @Override
    public Health health() {
        return new Health(true, layer == null || tiled.canariesHold(), 0, now - programmedAt, 0);
    }

    @Override
    public void update(int input, int output, int delta) {
        needLayer();
        tiled.update(input, output, delta, now, celsius);
    }

    @Override
    public int code(int input, int output) {
        needLayer();
        return tiled.code(input, output);
    }

    @Override
    public double read(int input, int output) {
        needLayer();
        return tiled.read(input, output, now);
    }

    @Override
    public int leastCode() {
        needLayer();
        return tiled.digits.least();
    }

    @Override
    public int mostCode() {
        needLayer();
        return tiled.digits.most();
    }

    @Override
    public int wornCells() {
        needLayer();
        return tiled.wornCells();
    }

    @Override
    public void settle() {
        if (layer != null) {
            tiled.solve(now, celsius);
        }
    }

    private void needLayer() {
        if (layer == null) {
            throw new IllegalStateException(name + " holds no layer yet; program a plan first");
        }
    }

    @Override
    public void close() {
        layer = null;
        tiled = null;
    }
}
