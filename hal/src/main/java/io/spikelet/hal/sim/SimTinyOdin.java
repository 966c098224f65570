package io.spikelet.hal.sim;

import io.spikelet.hal.tinyodin.EventPort;
import io.spikelet.hal.tinyodin.SpiPort;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * A simulated chip with its wires to the host, in process. It works while the host talks to it; an event whose
 * acknowledge never comes is given up at once, since nothing would change by waiting.
 */
public final class SimTinyOdin implements SpiPort, EventPort {
    private static final int NOTHING = -1;
    private static final int ROOM = 65_536;

    private final TinyOdinChip chip;
    private final long[] taken;
    private TinyOdinFaults faults;
    private SplittableRandom chance;
    private int first;
    private int waiting;
    private int onBus = NOTHING;
    private long pulsesLost;
    private long bitsFlipped;

    /** A chip without faults, and room for 65 536 spikes. */
    public SimTinyOdin(TinyOdinChip chip) {
        this(chip, ROOM);
    }

    /** @param room for spikes that the host has not taken yet; behind them the chip stands still */
    public SimTinyOdin(TinyOdinChip chip, int room) {
        if (room < 1) {
            throw new IllegalArgumentException("room must be 1 spike or more: " + room);
        }
        this.chip = chip;
        this.taken = new long[room];
        inject(TinyOdinFaults.NONE);
    }

    /** From now on this goes wrong, and nothing else. */
    public void inject(TinyOdinFaults injected) {
        faults = injected;
        chance = new SplittableRandom(injected.seed());
    }

    @Override
    public void transfer(byte[] send, byte[] receive, int length) throws IOException {
        if (length < 1 || length > MOST_BYTES) {
            throw new IllegalArgumentException("a transfer has 1.." + MOST_BYTES + " bytes: " + length);
        }
        for (int at = 0; at < length; at++) {
            int got = 0;
            for (int bit = 7; bit >= 0; bit--) {
                boolean lost = faults.lostPulse() > 0 && chance.nextDouble() < faults.lostPulse();
                boolean level = !lost && chip.clock((send[at] >> bit & 1) == 1);
                got = got << 1 | (level ? 1 : 0);
                pulsesLost += lost ? 1 : 0;
            }
            receive[at] = (byte) got;
        }
    }

    @Override
    public int offer(int[] events, int offset, int count) throws IOException {
        for (int at = 0; at < count; at++) {
            int event = events[offset + at];
            if (event < 0 || event > 0x3ff) {
                throw new IllegalArgumentException("an event has 10 bits: " + event);
            }
            if (onBus != NOTHING && onBus != event) {
                throw new IOException("event " + onBus + " waits on the input bus of " + name() + " and event " + event
                        + " came; offer the former again, or reset");
            }
            if (faults.stuckAcknowledge()) {
                return at;
            }
            if (onBus == NOTHING) {
                flip();
                onBus = event;
                chip.raise(event);
            }
            work();
            if (!chip.acknowledged()) {
                return at;
            }
            onBus = NOTHING;
            chip.lower();
            oneEvent();
        }
        return count;
    }

    private void flip() {
        if (faults.flippedBit() > 0 && chance.nextDouble() < faults.flippedBit()) {
            bitsFlipped++;
            if (chance.nextBoolean()) {
                chip.flipNeuronBit(chance.nextInt(256), chance.nextInt(32));
            } else {
                chip.flipSynapseBit(chance.nextInt(256), chance.nextInt(256), chance.nextInt(4));
            }
        }
    }

    /** The chip works and the host's side acknowledges, until one of them has no more to do or no more room. */
    private void work() {
        chip.run();
        while (chip.output() != NOTHING && waiting < taken.length) {
            store();
            chip.run();
        }
    }

    /** What the chip gets done between two events of a host that is as fast as it can be. */
    private void oneEvent() {
        chip.begin();
        chip.runEvent();
        while (chip.output() != NOTHING && waiting < taken.length) {
            store();
            chip.runEvent();
        }
    }

    private void store() {
        taken[(first + waiting) % taken.length] = chip.outputCycle() << 8 | chip.output();
        waiting++;
        chip.acknowledge();
    }

    @Override
    public int take(long[] spikes) {
        int count = Math.min(waiting, spikes.length);
        for (int at = 0; at < count; at++) {
            spikes[at] = taken[first];
            first = (first + 1) % taken.length;
        }
        waiting -= count;
        work();
        return count;
    }

    @Override
    public boolean idle() {
        work();
        return chip.idle();
    }

    @Override
    public void reset() {
        chip.reset();
        onBus = NOTHING;
        waiting = 0;
    }

    @Override
    public String name() {
        return "simulated tinyODIN";
    }

    /** How many clock pulses {@link #inject} has cost so far. */
    public long pulsesLost() {
        return pulsesLost;
    }

    public long bitsFlipped() {
        return bitsFlipped;
    }

    @Override
    public void close() {
        // in memory; nothing to give back
    }
}
