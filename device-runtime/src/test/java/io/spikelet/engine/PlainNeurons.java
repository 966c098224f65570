package io.spikelet.engine;

import io.spikelet.model.FirstSpike;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The neuron equation N1, neuron by neuron. */
final class PlainNeurons {
    private static final BigInteger ONE = BigInteger.valueOf(32768);

    private final Operation.Neuron neuron;
    private final Shape shape;
    private final BigInteger[] membrane;
    private final BigInteger[] current;
    private final BigInteger[] spikes;
    private final List<PlainCalibration> calibrations = new ArrayList<>();

    PlainNeurons(Layer layer, Operation.Neuron neuron) {
        this.neuron = neuron;
        shape = layer.shape();
        membrane = PlainEngine.zeros(shape.size());
        current = PlainEngine.zeros(shape.size());
        spikes = PlainEngine.zeros(shape.size());
        neuron.calibration().ifPresent(calibration -> {
            for (int n = 0; n < shape.size(); n++) {
                calibrations.add(new PlainCalibration(calibration));
            }
        });
    }

    BigInteger[] membrane() {
        return membrane;
    }

    BigInteger[] step(List<BigInteger[]> in, int t) {
        for (int n = 0; n < membrane.length; n++) {
            BigInteger x = drive(neuron.drives(), shape, in, n, t);
            if (neuron.hasSynapticCurrent()) {
                current[n] = leak(at(neuron.synapticLeak(), n), current[n]).add(x);
                x = current[n];
            }
            if (neuron.gated() && t > 0) {
                membrane[n] = in.getLast()[n]
                        .multiply(membrane[n])
                        .add(BigInteger.valueOf(1 << 14))
                        .shiftRight(15);
            }
            BigInteger rest = leak(at(neuron.a0(), n), membrane[n]).add(at(neuron.b0(), n));
            BigInteger reset =
                    leak(at(neuron.a1(), n), membrane[n]).add(at(neuron.b1(), n).multiply(spikes[n]));
            membrane[n] = (spikes[n].signum() != 0 ? reset : rest).add(x);
            if (neuron.hasFloor()) {
                membrane[n] = membrane[n].max(at(neuron.floor(), n));
            }
            spikes[n] = spikes(n, t);
        }
        BigInteger[] given = neuron.output() == Operation.Neuron.Output.POTENTIAL ? membrane.clone() : spikes.clone();
        for (int n = 0; n < calibrations.size(); n++) {
            given[n] = calibrations.get(n).step(t, spikes[n]);
        }
        return given;
    }

    private BigInteger spikes(int n, int t) {
        BigInteger threshold = row(neuron.threshold(), neuron.thresholdSteps(), shape, n, t);
        return switch (neuron.output()) {
            case POTENTIAL -> BigInteger.ZERO;
            case SPIKE -> exceeds(membrane[n], threshold) ? BigInteger.ONE : BigInteger.ZERO;
            case BURST -> {
                int most = 0;
                for (int count = 1; count <= neuron.burst(); count++) {
                    most = exceeds(membrane[n], threshold.multiply(BigInteger.valueOf(count))) ? count : most;
                }
                yield BigInteger.valueOf(most);
            }
        };
    }

    private boolean exceeds(BigInteger value, BigInteger limit) {
        int compared = value.compareTo(limit);
        return neuron.comparison() == Operation.Comparison.STRICTLY_ABOVE ? compared > 0 : compared >= 0;
    }

    private BigInteger at(int[] values, int n) {
        return row(values, 1, shape, n, 0);
    }

    /** {@code Σ_k gain[k]·in_k + bias[k]} at one neuron. */
    static BigInteger drive(List<Operation.Drive> drives, Shape shape, List<BigInteger[]> in, int n, int t) {
        BigInteger x = BigInteger.ZERO;
        for (int k = 0; k < drives.size(); k++) {
            Operation.Drive drive = drives.get(k);
            x = x.add(in.get(k)[n].multiply(row(drive.gain(), drive.steps(), shape, n, t)));
            if (t > 0 || drive.biasAtStart()) {
                x = x.add(row(drive.bias(), drive.steps(), shape, n, t));
            }
        }
        return x;
    }

    private static BigInteger row(int[] table, int rows, Shape shape, int n, int t) {
        int length = table.length / rows;
        int from = rows == 1 ? 0 : t * length;
        return BigInteger.valueOf(table[from + n / (shape.size() / length)]);
    }

    /** BigInteger's division rounds toward zero, as the leak is defined to. */
    private static BigInteger leak(BigInteger factor, BigInteger value) {
        return factor.multiply(value).divide(ONE);
    }

    static BigInteger[] firstSpikes(Layer layer, FirstSpike neuron, List<BigInteger[]> in, int t) {
        BigInteger[] times = new BigInteger[layer.shape().size()];
        for (int n = 0; n < times.length; n++) {
            BigInteger potential = drive(neuron.drives(), layer.shape(), in, n, t);
            times[n] = BigInteger.valueOf(neuron.window());
            for (int step = neuron.window() - 1; step >= 0; step--) {
                if (potential.compareTo(BigInteger.valueOf(neuron.threshold()[step])) >= 0) {
                    times[n] = BigInteger.valueOf(step);
                }
            }
        }
        return times;
    }
}
