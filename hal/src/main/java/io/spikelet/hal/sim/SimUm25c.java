package io.spikelet.hal.sim;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A UM25C at the far end of its Bluetooth line: it answers each {@code f0} with 130 bytes, or not as it should. Other bytes
 * are taken and not answered.
 */
public final class SimUm25c implements ByteLink {
    /** What is wrong with one answer. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** It ends in the middle. */
        HALF,
        /** It never comes. */
        SILENCE,
        /** Forty other bytes come first. */
        NOISE,
        /** One of its bytes is another. */
        DAMAGED
    }

    private static final int ANSWER_BYTES = 130;
    private static final int MODEL = 0x09c9;
    private static final byte ASK = (byte) 0xf0;
    private static final int NOISE_BYTES = 40;

    private final Queue<Fault> faults = new ArrayDeque<>();
    private final ByteBuffer line = ByteBuffer.allocate(4096).limit(0);
    private int millivolts;
    private int tenthMilliamps;
    private boolean connected = true;

    public SimUm25c() {}

    /**
     * What flows through it.
     *
     * @param volts 0..65.535
     * @param amps 0..6.5535
     */
    public synchronized void measure(double volts, double amps) {
        millivolts = (int) Math.round(volts * 1e3);
        tenthMilliamps = (int) Math.round(amps * 1e4);
    }

    /** The next answer goes wrong so, after those that were told before. */
    public synchronized void spoil(Fault fault) {
        faults.add(fault);
    }

    /** The tester is out of reach, or back. */
    public synchronized void setConnected(boolean connected) {
        this.connected = connected;
    }

    @Override
    public synchronized int read(byte[] into, int timeoutMillis) throws IOException {
        requireConnected();
        if (!line.hasRemaining() && timeoutMillis > 0) {
            try {
                wait(timeoutMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            requireConnected();
        }
        int count = Math.min(into.length, line.remaining());
        line.get(into, 0, count);
        return count;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        requireConnected();
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == ASK) {
                answer();
            }
        }
        notifyAll();
    }

    private void answer() {
        ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
        answer.putShort((short) MODEL)
                .putShort((short) millivolts)
                .putShort((short) tenthMilliamps)
                .putInt((int) Math.round(millivolts * (double) tenthMilliamps * 1e-4));
        Fault fault = faults.isEmpty() ? Fault.NONE : faults.remove();
        line.compact();
        switch (fault) {
            case NONE -> line.put(answer.array());
            case HALF -> line.put(answer.array(), 0, ANSWER_BYTES / 2);
            case SILENCE -> {}
            case NOISE -> line.put(new byte[NOISE_BYTES]).put(answer.array());
            case DAMAGED -> line.put(answer.put(2, (byte) ~answer.get(2)).array());
        }
        line.flip();
    }

    private void requireConnected() throws IOException {
        if (!connected) {
            throw new IOException("the other end of " + name() + " is gone; plug it in and open the line again");
        }
    }

    @Override
    public String name() {
        return "sim:um25c";
    }

    @Override
    public void close() {
        // nothing is held
    }
}
