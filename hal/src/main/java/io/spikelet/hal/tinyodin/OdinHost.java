package io.spikelet.hal.tinyodin;

import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.coprocessor.CoProcessorException.Failure;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.function.IntConsumer;

/**
 * The host's side of one chip: bursts of transactions, and events at a pace that the chip can take. For networks that
 * {@link TinyOdin} does not map, such as recurrent ones: the chip's words go in as they are.
 */
public final class OdinHost implements Closeable {
    /** Events on their way at most before the chip is waited for: the scheduler holds 127 behind the one in process. */
    public static final int MOST_ON_THE_WAY = 64;
    /** Leak of all neurons from 0 to MAX_NEUR. */
    public static final int LEAK_OF_ALL = 0x1ff;
    /** Leak of one neuron is this plus its number, 0..254. */
    public static final int LEAK = 0x100;

    /** How often a port's patience may end without anything having happened. */
    private static final int ATTEMPTS = 3;

    private static final int MOST_SPIKES_AT_A_TIME = 1 << 20;

    private final SpiPort spi;
    private final EventPort events;
    private final long[] taken = new long[256];

    public OdinHost(SpiPort spi, EventPort events) {
        this.spi = spi;
        this.events = events;
    }

    /** RST: bus and scheduler start anew; memories and registers stay, and the latter are to be written again. */
    public void reset() throws CoProcessorException {
        try {
            events.reset();
        } catch (IOException failed) {
            throw portFailure(failed);
        }
    }

    /**
     * Writes the four registers, which cannot be read.
     *
     * @param gated whether the memories are open to SPI and the event buses closed, or the other way round
     * @param maxNeuron 0..255, the last neuron that takes part
     */
    public void configure(boolean gated, boolean openLoop, int maxNeuron) throws CoProcessorException {
        run(new SpiBurst()
                .add(SpiCode.config(SpiCode.OPEN_LOOP, openLoop ? 1 : 0))
                .add(SpiCode.config(SpiCode.AER_SRC_CTRL_NNEUR, 0))
                .add(SpiCode.config(SpiCode.MAX_NEUR, maxNeuron))
                .add(gate(gated)));
    }

    /** A write to memory lasts only once another transaction begins; this register write is one. */
    static long gate(boolean gated) {
        return SpiCode.config(SpiCode.GATE_ACTIVITY, gated ? 1 : 0);
    }

    /**
     * Writes neurons from 0 on. The chip must be gated and in open loop: in a closed one it fires while words are
     * halfway.
     */
    public void writeNeurons(NeuronWord[] words) throws CoProcessorException {
        SpiBurst burst = new SpiBurst();
        for (int neuron = 0; neuron < words.length; neuron++) {
            for (int index = 0; index < Integer.BYTES; index++) {
                burst.add(SpiCode.writeNeuron(neuron, index, 0, words[neuron].encode() >>> 8 * index));
            }
        }
        run(burst.add(gate(true)));
    }

    /** Reads neurons from 0 on; the chip must be gated. */
    public NeuronWord[] readNeurons(int count) throws CoProcessorException {
        SpiBurst burst = new SpiBurst();
        for (int neuron = 0; neuron < count; neuron++) {
            for (int index = 0; index < Integer.BYTES; index++) {
                burst.add(SpiCode.readNeuron(neuron, index));
            }
        }
        run(burst);
        NeuronWord[] words = new NeuronWord[count];
        for (int neuron = 0; neuron < count; neuron++) {
            int word = 0;
            for (int index = Integer.BYTES - 1; index >= 0; index--) {
                word = word << 8 | burst.answer(Integer.BYTES * neuron + index);
            }
            words[neuron] = NeuronWord.decode(word);
        }
        return words;
    }

    /**
     * Writes weights; the chip must be gated.
     *
     * @param weights (pre, post) −8..7, up to 256 x 256; of an odd number of columns the next neuron's weight becomes 0
     */
    public void writeWeights(byte[] weights, int pres, int posts) throws CoProcessorException {
        SpiBurst burst = new SpiBurst();
        for (int pre = 0; pre < pres; pre++) {
            for (int post = 0; post < posts; post += 2) {
                burst.add(SpiCode.writeSynapses(pre, post, 0, pair(weights, pre, post, posts)));
            }
        }
        run(burst.add(gate(true)));
    }

    /** The byte of two neighbouring weights of a row. */
    static int pair(byte[] weights, int pre, int post, int posts) {
        int low = weights[pre * posts + post] & 0xf;
        return post + 1 < posts ? (weights[pre * posts + post + 1] & 0xf) << 4 | low : low;
    }

    void run(SpiBurst burst) throws CoProcessorException {
        try {
            burst.run(spi);
        } catch (IOException failed) {
            throw portFailure(failed);
        }
    }

    /**
     * Sends events, a few at a time, and waits until the chip has done them all.
     *
     * @param atATime 1..{@link #MOST_ON_THE_WAY}; 1 for a closed loop, where every event may bring up to 256 more
     * @param spikes takes the neurons that fired, in order
     * @throws CoProcessorException of {@link Failure#TIMEOUT} when the chip acknowledges no more, or never comes to rest
     */
    public void send(int[] sent, int count, int atATime, IntConsumer spikes) throws CoProcessorException {
        if (atATime < 1 || atATime > MOST_ON_THE_WAY) {
            throw new IllegalArgumentException("1.." + MOST_ON_THE_WAY + " events at a time: " + atATime);
        }
        try {
            for (int done = 0; done < count; done += atATime) {
                offerAll(sent, done, Math.min(atATime, count - done), spikes);
                settle(spikes);
            }
        } catch (IOException failed) {
            throw portFailure(failed);
        }
    }

    private void offerAll(int[] sent, int offset, int count, IntConsumer spikes)
            throws IOException, CoProcessorException {
        int attempts = 0;
        int done = 0;
        while (done < count) {
            int acknowledged = events.offer(sent, offset + done, count - done);
            done += acknowledged;
            if (done < count) { // the chip stands still while its spikes are not taken
                int came = takeAll(spikes);
                attempts = acknowledged + came > 0 ? 0 : attempts + 1;
                if (attempts == ATTEMPTS) {
                    throw new CoProcessorException(
                            Failure.TIMEOUT,
                            events.name() + " does not acknowledge event " + sent[offset + done]
                                    + "; it may be gated, or without power or clock: reset it and program it again");
                }
            }
        }
    }

    private void settle(IntConsumer spikes) throws IOException, CoProcessorException {
        int attempts = 0;
        int total = 0;
        while (!events.idle()) {
            int came = takeAll(spikes);
            total += came;
            attempts = came > 0 ? 0 : attempts + 1;
            if (attempts == ATTEMPTS || total > MOST_SPIKES_AT_A_TIME) {
                throw new CoProcessorException(
                        Failure.TIMEOUT,
                        events.name() + " does not come to rest after its events; reset it and program it again");
            }
        }
        takeAll(spikes);
    }

    private int takeAll(IntConsumer spikes) throws IOException, CoProcessorException {
        int total = 0;
        int count;
        do {
            count = events.take(taken);
            for (int at = 0; at < count; at++) {
                spikes.accept((int) (taken[at] & 0xff));
            }
            total += count;
        } while (count == taken.length && total < MOST_SPIKES_AT_A_TIME);
        return total;
    }

    private static CoProcessorException portFailure(IOException failed) {
        Failure failure = failed instanceof SocketTimeoutException ? Failure.TIMEOUT : Failure.PORT;
        return new CoProcessorException(failure, failed.getMessage(), failed);
    }

    @Override
    public void close() throws IOException {
        try (spi;
                events) {
            // both, whatever the first says
        }
    }
}
