package io.spikelet.hal.sim;

import java.util.SplittableRandom;

/**
 * A behavioural tinyODIN at its pins: SPI pulse by pulse, address events by handshakes. Facts from the chip's RTL
 * (ChFrenkel/tinyODIN) by way of docs/tinyodin.md; recordings of that RTL are reproduced spike for spike, word for word
 * and in its own counters. Time passes only as the chip works and shakes hands; it works up to where it waits for the
 * host.
 */
public final class TinyOdinChip {
    public static final int NEURONS = 256;

    /**
     * The chip's counters since power-up.
     *
     * @param synaptic operations, one a neuron and spike
     * @param leaks of single neurons
     * @param virtual events
     * @param spikes of neurons that are not disabled
     * @param lost spikes that found the scheduler full
     * @param cycles of its clock, at a host that takes 10 cycles for the handshake of an input spike, as recorded
     */
    public record Counters(long synaptic, long leaks, long virtual, long spikes, long lost, long cycles) {}

    private enum Work {
        NONE,
        SPIKE,
        LEAK,
        LEAK_OF_ALL,
        VIRTUAL
    }

    private static final int LEAK_EVENT = 1 << 8;
    private static final int VIRTUAL_EVENT = 1 << 9;
    private static final int ALL = 0xff;
    private static final int CORE = 0xfff;
    private static final int NOTHING = -1;

    private static final int UPDATE_CYCLES = 2;
    private static final int PUSH_CYCLES = 8;
    private static final int POP_CYCLES = 2;
    private static final int POP_VIRTUAL_CYCLES = 1;
    private static final int LEAK_CYCLES = 7;
    private static final int SPIKE_CYCLES = 7;

    private final OdinMemory memory;
    private final OdinSpiSlave spi;
    private final OdinScheduler scheduler = new OdinScheduler();

    private boolean gated;
    private boolean openLoop;
    private boolean sourceIsController;
    private int maxNeuron;

    private Work work = Work.NONE;
    private int event;
    private int neuron;
    private boolean popPending;
    private int request = NOTHING;
    private boolean acknowledged;
    private int output = NOTHING;
    private long outputCycle;

    private long synaptic;
    private long leaks;
    private long virtual;
    private long spikes;
    private long cycles;

    /** @param seed of what memories and registers hold at power-up */
    public TinyOdinChip(long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        memory = new OdinMemory(chance);
        gated = chance.nextBoolean();
        openLoop = chance.nextBoolean();
        sourceIsController = chance.nextBoolean();
        maxNeuron = chance.nextInt(NEURONS);
        spi = new OdinSpiSlave(new OdinSpiSlave.Memory() {
            @Override
            public void configure(int register, int value) {
                TinyOdinChip.this.configure(register, value);
            }

            @Override
            public void write(int command, int address, int keep, int value) {
                TinyOdinChip.this.write(command, address, keep, value);
            }

            @Override
            public int read(int command, int address) {
                return TinyOdinChip.this.read(command, address);
            }
        });
    }

    /** One pulse of SCK; gives MISO. */
    public boolean clock(boolean mosi) {
        return spi.clock(mosi);
    }

    /** RST: what is on its way is dropped, the SPI bus starts anew; memories and registers stay. */
    public void reset() {
        spi.reset();
        scheduler.clear();
        work = Work.NONE;
        popPending = false;
        request = NOTHING;
        acknowledged = false;
        output = NOTHING;
    }

    private void configure(int register, int value) {
        boolean bit = (value & 1) == 1;
        switch (register) {
            case 0 -> {
                gated = bit;
                if (gated) { // holds the output bus in reset, and an update under way never reaches the memory
                    output = NOTHING;
                    popPending |= work == Work.SPIKE || work == Work.VIRTUAL;
                    work = Work.NONE;
                }
            }
            case 1 -> openLoop = bit;
            case 2 -> sourceIsController = bit;
            case 3 -> maxNeuron = value;
            default -> {} // the chip has no other register, and takes no notice
        }
    }

    private void write(int command, int address, int keep, int value) {
        if (!gated) {
            return;
        }
        if (command == 1) {
            int target = address & 0xff;
            int old = memory.neurons[target];
            if (fires(old, coreOf(old)) && old >= 0 && !openLoop) {
                scheduler.push(target); // the update logic looks at whatever word is being written
            }
            memory.writeNeuron(address, keep, value);
        } else if (command == 2) {
            memory.writeSynapses(address, keep, value);
        }
    }

    private int read(int command, int address) {
        if (!gated) {
            return 0;
        }
        return command == 1 ? memory.readNeuron(address) : command == 2 ? memory.readSynapses(address) : 0;
    }

    /** Puts an event of 10 bits on the input bus and raises REQ; it stays until {@link #lower}. */
    public void raise(int event) {
        request = event;
        acknowledged = false;
    }

    /** The ACK of the input bus. */
    public boolean acknowledged() {
        return acknowledged;
    }

    public void lower() {
        request = NOTHING;
        acknowledged = false;
    }

    /** The neuron on the output bus, or −1 while REQ is low. */
    public int output() {
        return output;
    }

    /** The cycle of {@link #output}. */
    public long outputCycle() {
        return outputCycle;
    }

    /** The whole handshake of the spike on the output bus. */
    public void acknowledge() {
        output = NOTHING;
    }

    public boolean idle() {
        return work == Work.NONE && output == NOTHING && !popPending && scheduler.empty() && request == NOTHING;
    }

    /** Works until a spike waits for the host, or the host's next event is waited for. */
    public void run() {
        while (true) {
            runEvent();
            if (output != NOTHING || gated || acknowledged) {
                return;
            }
            if (scheduler.full()) {
                begin(scheduler.first());
            } else if (request != NOTHING) {
                accept();
            } else if (!scheduler.empty()) {
                begin(scheduler.first());
            } else {
                return;
            }
        }
    }

    /** Begins the first event that waits. Between two input events the chip always finds time for that. */
    public void begin() {
        if (work == Work.NONE && output == NOTHING && !popPending && !gated && !scheduler.empty()) {
            begin(scheduler.first());
        }
    }

    /** Works to the end of the event in process, or until a spike waits for the host. */
    public void runEvent() {
        while (output == NOTHING && (work != Work.NONE || popPending)) {
            if (work != Work.NONE) {
                update();
            } else {
                scheduler.pop();
                popPending = false;
            }
        }
    }

    private void accept() {
        if ((request & LEAK_EVENT) != 0) { // passes the scheduler by
            cycles += LEAK_CYCLES;
            boolean all = (request & ALL) == ALL;
            work = all ? Work.LEAK_OF_ALL : Work.LEAK;
            neuron = all ? 0 : request & ALL;
            return;
        }
        cycles += PUSH_CYCLES;
        boolean virtual = (request & VIRTUAL_EVENT) != 0;
        scheduler.push(virtual ? (request >> 4 & 0xf) << 8 | request & 0xf : request & 0xff);
        acknowledged = true;
    }

    private void begin(int first) {
        event = first;
        boolean virtual = first >> 8 != 0; // of weight 0 it looks like a spike
        cycles += virtual ? POP_VIRTUAL_CYCLES : POP_CYCLES;
        work = virtual ? Work.VIRTUAL : Work.SPIKE;
        neuron = virtual ? first & 0xff : 0;
    }

    /** One neuron, and the end of the event behind its last. */
    private void update() {
        cycles += UPDATE_CYCLES;
        int word = memory.neurons[neuron];
        int core = coreOf(word);
        boolean last = neuron == maxNeuron || work == Work.LEAK || work == Work.VIRTUAL;
        switch (work) {
            case SPIKE -> {
                synaptic++;
                core = add(core, memory.weight(event & 0xff, neuron));
            }
            case VIRTUAL -> {
                virtual++;
                core = add(core, event << 20 >> 28);
            }
            default -> {
                leaks++;
                int leak = word >>> 24 & 0x7f;
                core = core < 0 ? Math.min(core + leak, 0) : Math.max(core - leak, 0);
            }
        }
        boolean fires = fires(word, core);
        memory.neurons[neuron] = word & ~CORE | (fires ? 0 : core & CORE);
        if (fires && word >= 0) {
            spike(last);
        }
        if (last) {
            finish();
        } else {
            neuron++;
        }
    }

    private void spike(boolean last) {
        spikes++;
        if (!openLoop) {
            scheduler.push(neuron);
        }
        if (!sourceIsController) {
            output = neuron;
            outputCycle = cycles;
            cycles += last && work != Work.SPIKE ? SPIKE_CYCLES - 1 : SPIKE_CYCLES;
        }
    }

    private void finish() {
        if (work == Work.SPIKE || work == Work.VIRTUAL) {
            popPending = true;
            if (work == Work.SPIKE && sourceIsController) {
                output = event & 0xff;
                outputCycle = cycles;
                cycles += SPIKE_CYCLES;
            }
        } else {
            acknowledged = true;
        }
        work = Work.NONE;
    }

    private static int coreOf(int word) {
        return word << 20 >> 20;
    }

    private static int add(int core, int weight) {
        return Math.clamp(core + weight, -2048, 2047);
    }

    /** The threshold has no sign: from 0x800 on it is beyond every membrane. */
    private static boolean fires(int word, int core) {
        return core >= 0 && core >= (word >>> 12 & 0xfff);
    }

    /** What a neuron's memory holds, without going through the bus. */
    public int neuronWord(int neuron) {
        return memory.neurons[neuron];
    }

    /** A fault: one of the 32 bits of a neuron's word turns over. */
    public void flipNeuronBit(int neuron, int bit) {
        memory.neurons[neuron] ^= 1 << bit;
    }

    /** A fault: one of the 4 bits of a weight turns over. */
    public void flipSynapseBit(int pre, int post, int bit) {
        memory.synapses[pre << 5 | post >> 3] ^= 1 << 4 * (post & 7) + bit;
    }

    public Counters counters() {
        return new Counters(synaptic, leaks, virtual, spikes, scheduler.lost(), cycles);
    }
}
