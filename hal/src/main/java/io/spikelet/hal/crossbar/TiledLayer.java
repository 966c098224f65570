package io.spikelet.hal.crossbar;

import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.coprocessor.Verification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A layer as it lies on its tiles. Tiles have nothing in common, so they are written and solved side by side. */
final class TiledLayer {
    final CodeDigits digits;

    private final CrossbarSetup setup;
    private final SynapseLayer layer;
    /** (inputs, outputs), as they should be now. */
    private final byte[] codes;

    /** (inputs, outputs) what noise-aware clipping took from them; calibration makes up for it. */
    private final byte[] cut;

    private final Tile[] tiles;
    private final double[] sums;

    /** @param cells of as many tiles as there are blocks, or more */
    TiledLayer(CrossbarSetup setup, SynapseLayer layer, List<TileBlock> blocks, List<CellArray> cells, long noiseSeed) {
        this.setup = setup;
        this.layer = layer;
        codes = layer.weights().clone();
        cut = new byte[codes.length];
        if (setup.mapping().clip()) {
            clip(new NoiseAwareClip(setup, codes).magnitude());
        }
        digits = setup.mapping().digits(codes);
        sums = new double[layer.outputs()];
        tiles = new Tile[blocks.size()];
        Arrays.setAll(tiles, k -> new Tile(setup, digits, blocks.get(k), layer.mostInput(), cells.get(k), noiseSeed));
    }

    private void clip(int magnitude) {
        for (int cell = 0; cell < codes.length; cell++) {
            byte kept = (byte) Math.clamp(codes[cell], -magnitude, magnitude);
            cut[cell] = (byte) (codes[cell] - kept);
            codes[cell] = kept;
        }
    }

    WriteReport write(double now, double celsius) {
        WriteReport[] reports = new WriteReport[tiles.length];
        IntStream.range(0, tiles.length).parallel().forEach(k -> {
            tiles[k].cells.startCounting();
            reports[k] = new TileWriter(tiles[k], setup, now).write(codes, layer.outputs());
            tiles[k].lines.solve(now, celsius);
            tiles[k].uncalibrated(codes, layer.outputs());
        });
        return Arrays.stream(reports).reduce(new WriteReport(0, 0, 0, 0, 0), WriteReport::plus);
    }

    void solve(double now, double celsius) {
        Arrays.stream(tiles).parallel().forEach(tile -> tile.lines.solve(now, celsius));
    }

    void step(int[] input, int[] output, NoiseSource noise) {
        Arrays.fill(sums, 0);
        for (Tile tile : tiles) {
            tile.step(input, sums, noise);
        }
        for (int j = 0; j < sums.length; j++) {
            output[j] = (int) Math.rint(sums[j]);
        }
    }

    void calibrate(int[] inputs, int samples, NoiseSource noise) {
        byte[] wanted = codes.clone();
        for (int cell = 0; cell < wanted.length; cell++) {
            wanted[cell] = (byte) Math.clamp(wanted[cell] + cut[cell], Byte.MIN_VALUE, Byte.MAX_VALUE);
        }
        for (Tile tile : tiles) {
            new TileCalibration(tile, setup, noise).calibrate(wanted, layer.outputs(), inputs, samples);
        }
    }

    Verification verify(double now) {
        double bound = 0;
        for (int slice = 0; slice < digits.slices(); slice++) {
            bound += 2 * setup.writing().tolerance() * digits.top() * digits.factor(slice);
        }
        List<Verification.Cell> failed = new ArrayList<>();
        for (int input = 0; input < layer.inputs(); input++) {
            for (int output = 0; output < layer.outputs(); output++) {
                double read = read(input, output, now);
                if (Math.abs(read - code(input, output)) > bound) {
                    failed.add(new Verification.Cell(input, output, code(input, output), read));
                }
            }
        }
        return new Verification(codes.length, failed);
    }

    void update(int input, int output, int delta, double now, double celsius) {
        int before = code(input, output);
        int after = Math.clamp((long) before + delta, digits.least(), digits.most());
        codes[input * layer.outputs() + output] = (byte) after;
        Tile tile = tileOf(input, output);
        int row = input - tile.firstRow;
        for (int slice = 0; slice < digits.slices(); slice++) {
            int q = (output - tile.firstOutput) * digits.slices() + slice;
            int plus = pulses(digits.plus(after, slice) - digits.plus(before, slice));
            int minus = pulses(digits.minus(after, slice) - digits.minus(before, slice));
            tile.lines.pulse(row, tile.plus[q], plus, now, celsius);
            tile.lines.pulse(row, tile.minus[q], minus, now, celsius);
        }
    }

    /** At least one for any change at all, so that a device of few steps can still be moved. */
    private int pulses(int levels) {
        long linear = Math.round((double) Math.abs(levels) * setup.pulses().steps() / digits.top());
        return levels == 0 ? 0 : (int) Math.max(1, linear) * Integer.signum(levels);
    }

    private Tile tileOf(int input, int output) {
        int downwards = Math.ceilDiv(layer.inputs(), setup.size().rows());
        return tiles[
                output / setup.outputsPerTile() * downwards
                        + input / setup.size().rows()];
    }

    int code(int input, int output) {
        return codes[input * layer.outputs() + output];
    }

    double read(int input, int output, double now) {
        Tile tile = tileOf(input, output);
        return tile.readBack(input - tile.firstRow, output - tile.firstOutput, now);
    }

    boolean canariesHold() {
        return Arrays.stream(tiles).allMatch(Tile::canaryHolds);
    }

    int wornCells() {
        return Arrays.stream(tiles).mapToInt(tile -> tile.cells.worn()).sum();
    }

    long pulses() {
        return Arrays.stream(tiles).mapToLong(tile -> tile.cells.pulses()).sum();
    }

    CrossbarEnergy energy() {
        Converters converters = setup.converters();
        Writing writing = setup.writing();
        double volts = converters.volts() / layer.mostInput();
        double dissipated = 0;
        double pulsed = 0;
        long conversions = 0;
        for (Tile tile : tiles) {
            dissipated += tile.lines.dissipated();
            pulsed += tile.cells.pulsedMicrosiemens();
            conversions += tile.conversions();
        }
        return new CrossbarEnergy(
                dissipated * 1e-6 * volts * volts * converters.seconds(),
                pulsed * 1e-6 * writing.volts() * writing.volts() * writing.seconds(),
                converters.adc() == 0 ? Double.NaN : conversions * CrossbarEnergy.ADC_STEP * (1L << converters.adc()));
    }
}
