package io.spikelet.hal.crossbar;

import io.spikelet.hal.coprocessor.Capability;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.Counters;
import io.spikelet.hal.coprocessor.Health;
import io.spikelet.hal.coprocessor.Plan;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.coprocessor.Verification;
import io.spikelet.hal.crossbar.NoiseSource.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
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

    private SynapseLayer layer;
    private CodeDigits digits;
    private byte[] codes;
    private Tile[] tiles = {};

    /** Of tiles that were ever used: what is stuck or worn stays so when something else is written. */
    private final List<CellArray> cells = new ArrayList<>();

    private double[] sums;
    private NoiseSource stepNoise;
    private NoiseSource calibrationNoise;
    private WriteReport report;

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
            refusals.add(name + ": layer " + wanted.name() + " has inputs up to " + wanted.mostInput() + ", a DAC of "
                    + setup.converters().dac() + " bits gives " + mostInput() + " at most; use a wider one (dac)");
        }
        long needed = TileBlock.count(wanted.inputs(), wanted.outputs(), setup);
        if (needed > setup.size().tiles()) {
            refusals.add(name + ": layer " + wanted.name() + " takes " + needed + " tiles, there are "
                    + setup.size().tiles() + "; use more or larger ones (tiles, rows, columns)");
        }
        long largest = largestSum(wanted);
        if (largest > Integer.MAX_VALUE) {
            refusals.add(name + ": layer " + wanted.name() + " can sum up to " + largest + ", more than 32 bits hold");
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
            throw new IllegalArgumentException(name + " cannot hold layer " + plan.layer().name());
        }
        layer = plan.layer();
        codes = layer.weights().clone();
        digits = setup.mapping().digits(codes);
        sums = new double[layer.outputs()];
        stepNoise = new NoiseSource(noiseSeed, Purpose.STEP, 0);
        calibrationNoise = new NoiseSource(noiseSeed, Purpose.CALIBRATION, 0);
        steps = 0;
        inputEvents = 0;
        programmedAt = now;
        report = new WriteReport(0, 0, 0, 0, 0);
        List<TileBlock> blocks = TileBlock.of(layer.inputs(), layer.outputs(), setup);
        tiles = new Tile[blocks.size()];
        for (int k = 0; k < tiles.length; k++) {
            if (k == cells.size()) {
                int whole = setup.size().rows() * setup.size().columns();
                cells.add(new CellArray(whole, setup, seed, k));
            }
            cells.get(k).startCounting();
            tiles[k] = new Tile(setup, digits, blocks.get(k), layer.mostInput(), cells.get(k), noiseSeed);
            report = report.plus(new TileWriter(tiles[k], setup, now).write(codes, layer.outputs()));
            tiles[k].solve(now, celsius);
            tiles[k].uncalibrated(codes, layer.outputs());
        }
    }

    /**
     * {@inheritDoc} A weight fails when it is further off than its cells can be together while each is within the tolerance
     * of {@link Writing}.
     */
    @Override
    public Verification verify() {
        needLayer();
        double bound = 0;
        for (int slice = 0; slice < digits.slices(); slice++) {
            bound += 2 * setup.writing().tolerance() * digits.top() * digits.factor(slice);
        }
        List<Verification.Cell> failed = new ArrayList<>();
        for (Tile tile : tiles) {
            for (int i = 0; i < tile.rows; i++) {
                for (int j = 0; j < tile.outputs; j++) {
                    int input = tile.firstRow + i;
                    int output = tile.firstOutput + j;
                    int written = code(input, output);
                    double read = tile.readBack(i, j, now);
                    if (Math.abs(read - written) > bound) {
                        failed.add(new Verification.Cell(input, output, written, read));
                    }
                }
            }
        }
        return new Verification(codes.length, failed);
    }

    /** {@inheritDoc} It does so against the codes as they are now, so after {@link #age} it makes up for drift. */
    @Override
    public void calibrate(int[] inputs, int samples) {
        needLayer();
        if (samples < 1 || inputs.length != samples * layer.inputs()) {
            throw new IllegalArgumentException(name + ": " + samples + " samples of " + layer.inputs()
                    + " inputs are 1 or more, and not " + inputs.length + " values");
        }
        for (Tile tile : tiles) {
            new TileCalibration(tile, setup, calibrationNoise).calibrate(codes, layer.outputs(), inputs, samples);
        }
    }

    /** A crossbar keeps nothing between steps. */
    @Override
    public void reset() {}

    /** {@inheritDoc} Sums are rounded half to even. */
    @Override
    public void step(int[] input, int[] output) {
        needLayer();
        Arrays.fill(sums, 0);
        for (Tile tile : tiles) {
            tile.step(input, sums, stepNoise);
        }
        for (int j = 0; j < sums.length; j++) {
            output[j] = (int) Math.rint(sums[j]);
        }
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

    public CrossbarEnergy energy() {
        Converters converters = setup.converters();
        double voltsPerInput = layer == null ? 0 : converters.volts() / layer.mostInput();
        double dissipated = 0;
        double pulsed = 0;
        long conversions = 0;
        for (Tile tile : tiles) {
            dissipated += tile.dissipated();
            pulsed += tile.cells.pulsedMicrosiemens();
            conversions += tile.conversions();
        }
        Writing writing = setup.writing();
        return new CrossbarEnergy(
                dissipated * 1e-6 * voltsPerInput * voltsPerInput * converters.seconds(),
                pulsed * 1e-6 * writing.volts() * writing.volts() * writing.seconds(),
                converters.adc() == 0 ? Double.NaN : conversions * CrossbarEnergy.ADC_STEP * (1L << converters.adc()));
    }

    @Override
    public Counters counters() {
        long pulses = 0;
        for (Tile tile : tiles) {
            pulses += tile.cells.pulses();
        }
        long operations = layer == null ? 0 : inputEvents * layer.outputs();
        return new Counters(steps, inputEvents, 0, operations, pulses, energy().total());
    }

    @Override
    public Health health() {
        boolean canaries = Arrays.stream(tiles).allMatch(Tile::canaryHolds);
        return new Health(true, canaries, 0, now - programmedAt, 0);
    }

    @Override
    public void update(int input, int output, int delta) {
        int at = input * layer.outputs() + output;
        int before = codes[at];
        int after = Math.clamp((long) before + delta, digits.least(), digits.most());
        codes[at] = (byte) after;
        Tile tile = tileOf(input, output);
        int row = input - tile.firstRow;
        for (int slice = 0; slice < digits.slices(); slice++) {
            int q = (output - tile.firstOutput) * digits.slices() + slice;
            move(tile, row, tile.plus[q], digits.plus(after, slice) - digits.plus(before, slice));
            move(tile, row, tile.minus[q], digits.minus(after, slice) - digits.minus(before, slice));
        }
    }

    private void move(Tile tile, int row, int column, int levels) {
        if (levels != 0) {
            long pulses = Math.round((double) Math.abs(levels) * setup.pulses().steps() / digits.top());
            tile.pulse(row, column, (int) Math.max(1, pulses) * Integer.signum(levels), now, celsius);
        }
    }

    private Tile tileOf(int input, int output) {
        int downwards = Math.ceilDiv(layer.inputs(), setup.size().rows());
        return tiles[output / setup.outputsPerTile() * downwards + input / setup.size().rows()];
    }

    @Override
    public int code(int input, int output) {
        return codes[input * layer.outputs() + output];
    }

    @Override
    public double read(int input, int output) {
        Tile tile = tileOf(input, output);
        return tile.readBack(input - tile.firstRow, output - tile.firstOutput, now);
    }

    @Override
    public int leastCode() {
        return digits.least();
    }

    @Override
    public int mostCode() {
        return digits.most();
    }

    @Override
    public int wornCells() {
        return Arrays.stream(tiles).mapToInt(tile -> tile.cells.worn()).sum();
    }

    @Override
    public void settle() {
        for (Tile tile : tiles) {
            tile.solve(now, celsius);
        }
    }

    private void needLayer() {
        if (layer == null) {
            throw new IllegalStateException(name + " holds no layer yet; program a plan first");
        }
    }

    @Override
    public void close() {
        tiles = new Tile[0];
        layer = null;
    }
}
