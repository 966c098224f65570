package io.spikelet.hal.coprocessor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The driver of docs/drivers.md. Its device is an array, where another's would be a bus. */
final class PlainSums implements CoProcessor {
    private static final Capability CAPABILITY = new Capability(64, 64, -128, 127, 255);

    private byte[] cells; // (inputs, outputs); the device
    private Plan plan;
    private long steps;
    private long inputEvents;
    private long operations;
    private long writePulses;

    @Override
    public String name() {
        return "sums0";
    }

    @Override
    public Kind kind() {
        return Kind.CURRENT;
    }

    @Override
    public Capability capability() {
        return CAPABILITY;
    }

    @Override
    public Plan plan(SynapseLayer layer) {
        List<String> refusals = new ArrayList<>();
        if (layer.inputs() > CAPABILITY.inputs()) {
            refusals.add(layer.inputs() + " inputs, and there are " + CAPABILITY.inputs() + " rows");
        }
        if (layer.outputs() > CAPABILITY.outputs()) {
            refusals.add(layer.outputs() + " outputs, and there are " + CAPABILITY.outputs() + " columns");
        }
        if (layer.mostInput() > CAPABILITY.mostInput()) {
            refusals.add("inputs up to " + layer.mostInput() + ", and a row takes " + CAPABILITY.mostInput());
        }
        return new Plan(layer, refusals, 1);
    }

    @Override
    public void program(Plan programmed) throws CoProcessorException {
        if (!programmed.fits()) {
            throw new IllegalArgumentException("the plan has refusals: " + programmed.refusals());
        }
        plan = programmed;
        cells = plan.layer().weights().clone();
        steps = 0;
        inputEvents = 0;
        operations = 0;
        writePulses = cells.length;
        Verification verification = verify();
        if (!verification.holds()) {
            throw new CoProcessorException(
                    CoProcessorException.Failure.VERIFY_FAILED,
                    name() + " does not hold " + verification.failed().size() + " cells; the device may be broken");
        }
    }

    @Override
    public Verification verify() {
        SynapseLayer layer = layer();
        List<Verification.Cell> failed = new ArrayList<>();
        for (int cell = 0; cell < cells.length; cell++) {
            int written = layer.weights()[cell];
            if (cells[cell] != written) {
                int input = cell / layer.outputs();
                failed.add(new Verification.Cell(input, cell % layer.outputs(), written, cells[cell]));
            }
        }
        return new Verification(cells.length, failed);
    }

    @Override
    public void calibrate(int[] inputs, int samples) {
        layer(); // this device has neither ranges nor gains
    }

    @Override
    public void reset() {
        layer(); // of kind CURRENT the host holds the membranes
    }

    @Override
    public void step(int[] input, int[] output) {
        SynapseLayer layer = layer();
        if (input.length != layer.inputs() || output.length != layer.outputs()) {
            throw new IllegalArgumentException("the layer is " + layer.inputs() + " x " + layer.outputs() + ": "
                    + input.length + " inputs, " + output.length + " outputs");
        }
        Arrays.fill(output, 0);
        for (int i = 0; i < input.length; i++) {
            if (input[i] == 0) {
                continue;
            }
            inputEvents++;
            operations += output.length;
            for (int n = 0; n < output.length; n++) {
                output[n] += input[i] * cells[i * output.length + n];
            }
        }
        steps++;
    }

    private SynapseLayer layer() {
        if (plan == null) {
            throw new IllegalStateException(name() + " has no program; plan a layer and program it first");
        }
        return plan.layer();
    }

    @Override
    public Counters counters() {
        return new Counters(steps, inputEvents, 0, operations, writePulses, Double.NaN);
    }

    @Override
    public Health health() {
        return new Health(true, true, 0, 0, 0);
    }

    @Override
    public void close() {
        // a real one closes its port, and takes a second call
    }
}
