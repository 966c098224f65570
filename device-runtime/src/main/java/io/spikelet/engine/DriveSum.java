package io.spikelet.engine;

import io.spikelet.engine.rows.NeuronArithmetic;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import java.util.List;

/** {@code x = Σ_k gain[k]·in_k + bias[k]} in int32, exact: what all edges into a layer give it together (N1). */
final class DriveSum {
    /** (drives) the edges, one for each drive. */
    private final Activity[] sources;

    private final StepTable[] gain;
    private final StepTable[] bias;
    private final boolean[] biasAtStart;

    /** (neurons) the sum at the latest step, in LSBs of the driven layer. */
    final int[] sum;

    /** @param sources at least one for each drive; those beyond are not drives */
    DriveSum(List<Operation.Drive> drives, Shape shape, Activity[] sources) {
        this.sources = sources;
        gain = new StepTable[drives.size()];
        bias = new StepTable[drives.size()];
        biasAtStart = new boolean[drives.size()];
        for (int k = 0; k < gain.length; k++) {
            Operation.Drive drive = drives.get(k);
            gain[k] = new StepTable(drive.steps(), drive.gain(), shape);
            bias[k] = new StepTable(drive.steps(), drive.bias(), shape);
            biasAtStart[k] = drive.biasAtStart();
        }
        sum = new int[shape.size()];
    }

    void gather(int t, NeuronArithmetic neurons) {
        java.util.Arrays.fill(sum, 0);
        for (int k = 0; k < gain.length; k++) {
            neurons.addProducts(sum, gain[k].at(t), sources[k].value);
            if (t > 0 || biasAtStart[k]) {
                neurons.add(sum, bias[k].at(t));
            }
        }
    }

    StepTable gain(int drive) {
        return gain[drive];
    }

    StepTable bias(int drive) {
        return bias[drive];
    }
}
