package io.spikelet.hal.tinyodin;

import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.coprocessor.Verification;
import java.util.ArrayList;
import java.util.List;

/** A layer on the chip: input i is presynaptic row i, output n is neuron n. Holds the bursts that it takes. */
final class OdinMap {
    /** The bytes of a neuron's word that hold parameters; 0 and the low half of 1 are the membrane. */
    private static final int FIRST_PARAMETER = 1;

    private static final int CORE_HALF = 0x0f;
    private static final int THRESHOLD_BYTE = 2;
    private static final int NEVER_BIT = 0x80;

    private final SynapseLayer layer;
    private final NeuronWord[] words;
    private final SpiBurst load = new SpiBurst();
    private final Guarded readBack;
    private final Guarded clear;
    private final Guarded lower;
    private final Guarded lift;

    OdinMap(SynapseLayer layer, Firing firing) {
        this.layer = layer;
        this.words = LayerFit.words(layer, firing);
        Canary canary = new Canary(layer);
        load.add(OdinHost.gate(true));
        for (int n = 0; n < words.length; n++) {
            for (int index = 0; index < Integer.BYTES; index++) {
                load.add(SpiCode.writeNeuron(n, index, 0, byteOf(n, index)));
            }
        }
        for (int pre = 0; pre < layer.inputs(); pre++) {
            for (int post = 0; post < layer.outputs(); post += 2) {
                load.add(SpiCode.writeSynapses(pre, post, 0, pair(pre, post)));
            }
        }
        canary.write(load);
        readBack = Guarded.of(canary, this::addReads);
        clear = Guarded.of(canary, burst -> {
            for (int n = 0; n < words.length; n++) {
                burst.add(SpiCode.writeNeuron(n, 0, 0, 0)).add(SpiCode.writeNeuron(n, 1, ~CORE_HALF, 0));
            }
        });
        lower = thresholds(canary, 0);
        lift = thresholds(canary, NEVER_BIT);
    }

    private Guarded thresholds(Canary canary, int never) {
        return Guarded.of(canary, burst -> {
            for (int n = 0; n < words.length; n++) {
                burst.add(SpiCode.writeNeuron(n, THRESHOLD_BYTE, ~NEVER_BIT, never));
            }
        });
    }

    private void addReads(SpiBurst burst) {
        for (int n = 0; n < words.length; n++) {
            for (int index = FIRST_PARAMETER; index < Integer.BYTES; index++) {
                burst.add(SpiCode.readNeuron(n, index));
            }
        }
        for (int pre = 0; pre < layer.inputs(); pre++) {
            for (int post = 0; post < layer.outputs(); post += 2) {
                burst.add(SpiCode.readSynapses(pre, post));
            }
        }
    }

    private int byteOf(int n, int index) {
        return words[n].encode() >>> 8 * index & 0xff;
    }

    private int pair(int pre, int post) {
        return OdinHost.pair(layer.weights(), pre, post, layer.outputs());
    }

    /** What {@link #readBack} gave, against the layer. Membranes may be anything. */
    Verification compare() {
        List<Verification.Cell> failed = new ArrayList<>();
        int at = 0;
        for (int n = 0; n < words.length; n++) {
            int written = 0;
            int read = 0;
            for (int index = FIRST_PARAMETER; index < Integer.BYTES; index++) {
                int keep = index == FIRST_PARAMETER ? ~CORE_HALF : ~0;
                written |= (byteOf(n, index) & keep) << 8 * index;
                read |= (readBack.answer(at++) & keep) << 8 * index;
            }
            if (written != read) {
                failed.add(new Verification.Cell(-1, n, written, read));
            }
        }
        for (int pre = 0; pre < layer.inputs(); pre++) {
            for (int post = 0; post < layer.outputs(); post += 2) {
                int read = readBack.answer(at++);
                compareWeight(pre, post, read << 28 >> 28, failed);
                if (post + 1 < layer.outputs()) {
                    compareWeight(pre, post + 1, read << 24 >> 28, failed);
                }
            }
        }
        return new Verification(words.length + layer.inputs() * layer.outputs(), failed);
    }

    private void compareWeight(int pre, int post, int read, List<Verification.Cell> failed) {
        int written = layer.weights()[pre * layer.outputs() + post];
        if (written != read) {
            failed.add(new Verification.Cell(pre, post, written, read));
        }
    }

    /** Whether a neuron may fire in a step without any spike: its threshold is 0, and so is its membrane at rest. */
    boolean firesByItself() {
        for (int threshold : layer.neurons().orElseThrow().threshold()) {
            if (threshold == 0) {
                return true;
            }
        }
        return false;
    }

    SynapseLayer layer() {
        return layer;
    }

    /** Ends with a write, which lasts only once {@link #readBack} begins. */
    SpiBurst load() {
        return load;
    }

    Guarded readBack() {
        return readBack;
    }

    /** Membranes to 0. */
    Guarded clear() {
        return clear;
    }

    /** Thresholds within reach. */
    Guarded lower() {
        return lower;
    }

    Guarded lift() {
        return lift;
    }
}
