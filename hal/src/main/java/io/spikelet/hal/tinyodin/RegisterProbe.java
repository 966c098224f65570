package io.spikelet.hal.tinyodin;

import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.coprocessor.CoProcessorException.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the registers and looks at what the chip then does, since they cannot be read. The memories must be written
 * afterwards: the probe leaves its own neurons there.
 *
 * <pre>
 * MAX_NEUR   a leak of all moves neuron MAX_NEUR, and not the one behind it
 * AER_SRC    a neuron that fires by itself is seen at once
 * OPEN_LOOP  and what it fires does not come back to it as an event
 * GATE       memories answer while it is 1 (a canary), events are acknowledged while it is 0 (all of the above)
 * </pre>
 */
final class RegisterProbe {
    private static final int WITNESS_CORE = 100;
    private static final int DISABLED_BYTE = 0x80;
    private static final int NEURONS = 256;

    private final OdinHost host;
    private final int maxNeuron;

    RegisterProbe(OdinHost host, int maxNeuron) {
        this.host = host;
        this.maxNeuron = maxNeuron;
    }

    /**
     * Leaves the chip gated, in open loop.
     *
     * @throws CoProcessorException of {@link Failure#DESYNC} when a register does not hold what was written
     */
    void run() throws CoProcessorException {
        host.configure(true, true, maxNeuron);
        SpiBurst silent = new SpiBurst();
        for (int neuron = 0; neuron < NEURONS; neuron++) {
            silent.add(SpiCode.writeNeuron(neuron, 3, 0, DISABLED_BYTE));
        }
        NeuronWord witness = new NeuronWord(WITNESS_CORE, NeuronWord.NEVER, 1, true);
        boolean another = maxNeuron + 1 < NEURONS;
        write(silent, maxNeuron, witness);
        if (another) {
            write(silent, maxNeuron + 1, witness);
        }
        host.run(silent.add(OdinHost.gate(false)));
        List<Integer> spikes = send(OdinHost.LEAK_OF_ALL);
        boolean reached = core(maxNeuron) == WITNESS_CORE - 1;
        boolean stopped = !another || core(maxNeuron + 1) == WITNESS_CORE;
        require(reached && stopped && spikes.isEmpty(), "MAX_NEUR is not " + maxNeuron);

        // Neuron 0 fires once. If that came back, it would add 1 to neuron MAX_NEUR, and fire nobody.
        SpiBurst loop = new SpiBurst()
                .add(SpiCode.writeSynapses(0, 0, 0, 0x11))
                .add(SpiCode.writeSynapses(0, maxNeuron, 0, 0x11));
        write(loop, 0, new NeuronWord(5, 5, 0, false));
        host.run(loop.add(OdinHost.gate(false)));
        spikes = send(OdinHost.LEAK);
        require(spikes.equals(List.of(0)), "AER_SRC_CTRL_nNEUR is not 0");
        require(core(maxNeuron) == (maxNeuron == 0 ? 0 : WITNESS_CORE - 1), "OPEN_LOOP is not 1");
    }

    private static void write(SpiBurst burst, int neuron, NeuronWord word) {
        for (int index = 0; index < Integer.BYTES; index++) {
            burst.add(SpiCode.writeNeuron(neuron, index, 0, word.encode() >>> 8 * index));
        }
    }

    private List<Integer> send(int event) throws CoProcessorException {
        List<Integer> spikes = new ArrayList<>();
        host.send(new int[] {event}, 1, 1, spikes::add);
        return spikes;
    }

    private int core(int neuron) throws CoProcessorException {
        SpiBurst read = new SpiBurst()
                .add(OdinHost.gate(true))
                .add(SpiCode.readNeuron(neuron, 0))
                .add(SpiCode.readNeuron(neuron, 1));
        host.run(read);
        return (read.answer(2) << 8 | read.answer(1)) << 20 >> 20;
    }

    private static void require(boolean holds, String what) throws CoProcessorException {
        if (!holds) {
            throw new CoProcessorException(
                    Failure.DESYNC,
                    "tinyODIN does not act by its registers: " + what + "; reset it and program it again");
        }
    }
}
