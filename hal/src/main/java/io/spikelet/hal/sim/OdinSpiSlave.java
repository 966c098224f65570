package io.spikelet.hal.sim;

/**
 * tinyODIN's end of the SPI bus, pulse by pulse. It counts to 40 by itself: a pulse that gets lost shifts everything
 * after it, until RST.
 */
final class OdinSpiSlave {
    /** What the transactions are for. */
    interface Memory {
        void configure(int register, int value);

        void write(int command, int address, int keep, int value);

        int read(int command, int address);
    }

    private static final int LAST = 39;
    private static final int ADDRESS_COMPLETE = 19;
    private static final int READ_VALUE = 31;
    private static final int BITS_20 = 0xfffff;
    private static final int READ = 1 << 19;
    private static final int WRITE = 1 << 18;

    private final Memory memory;
    private int pulse;
    private int in;
    private int out;
    private int address;
    private int target;
    private boolean pending;
    private int pendingData;

    OdinSpiSlave(Memory memory) {
        this.memory = memory;
    }

    void reset() {
        pulse = 0;
        out = 0;
        address = 0;
        target = 0;
        pending = false;
    }

    /** One clock pulse; gives the level of MISO at its rising edge. */
    boolean clock(boolean mosi) {
        final boolean miso = (out & READ) != 0;
        if (pending) {
            memory.write(target >> 16 & 3, target & 0xffff, pendingData >> 8, pendingData & 0xff);
            pending = false;
        }
        in = (in << 1 | (mosi ? 1 : 0)) & BITS_20;
        if (pulse == LAST && (address >> 16 & 3) == 0) {
            memory.configure(address & 0xffff, in & 0xff);
        }
        out = out << 1 & BITS_20;
        if (pulse == ADDRESS_COMPLETE) {
            address = in;
            if ((in & (READ | WRITE)) != 0) {
                target = in;
            }
        } else if (pulse == READ_VALUE && (address & READ) != 0 && (target >> 16 & 3) != 0) {
            out = memory.read(target >> 16 & 3, target & 0xffff) << 12;
        } else if (pulse == LAST && (address & WRITE) != 0 && (target >> 16 & 3) != 0) {
            pending = true;
            pendingData = in & 0xffff;
        }
        pulse = pulse == LAST ? 0 : pulse + 1;
        return miso;
    }
}
