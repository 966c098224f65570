package io.spikelet.hal.tinyodin;

import java.io.IOException;
import java.util.function.LongUnaryOperator;

/** A bus on which transactions become others. */
class AlteringPort implements SpiPort {
    private final SpiPort port;
    private final LongUnaryOperator alteration;

    AlteringPort(SpiPort port, LongUnaryOperator alteration) {
        this.port = port;
        this.alteration = alteration;
    }

    @Override
    public void transfer(byte[] send, byte[] receive, int length) throws IOException {
        byte[] altered = new byte[length];
        for (int at = 0; at < length; at += SpiCode.BYTES) {
            long code = 0;
            for (int b = 0; b < SpiCode.BYTES; b++) {
                code = code << 8 | send[at + b] & 0xff;
            }
            code = alteration.applyAsLong(code);
            for (int b = 0; b < SpiCode.BYTES; b++) {
                altered[at + b] = (byte) (code >> 8 * (SpiCode.BYTES - 1 - b));
            }
        }
        port.transfer(altered, receive, length);
    }

    @Override
    public String name() {
        return port.name();
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
