package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.smp.Cbor;
import io.spikelet.smp.SmpHeader;
import io.spikelet.smp.SmpMessage;
import io.spikelet.smp.SmpServer;
import java.util.Map;

/** Sends whole SMP messages to a server and takes the answers apart. */
final class SmpProbe {
    private final SmpServer server;
    private int sequence;

    SmpProbe(SmpServer server) {
        this.server = server;
    }

    Map<String, Object> read(int group, int command, Map<String, Object> fields) throws Exception {
        return send(SmpHeader.VERSION_2, SmpHeader.READ, group, command, fields);
    }

    Map<String, Object> write(int group, int command, Map<String, Object> fields) throws Exception {
        return send(SmpHeader.VERSION_2, SmpHeader.WRITE, group, command, fields);
    }

    Map<String, Object> send(int version, int operation, int group, int command, Map<String, Object> fields)
            throws Exception {
        byte[] payload = Cbor.encode(fields);
        sequence = (sequence + 1) & 0xff;
        var header = new SmpHeader(version, operation, 0, payload.length, group, sequence, command);
        SmpMessage answer = SmpMessage.parse(server.handle(new SmpMessage(header, payload).toBytes()));
        assertEquals(operation + 1, answer.header().operation());
        assertEquals(sequence, answer.header().sequence());
        return Cbor.decode(answer.payload());
    }

    /** The group's error number in an answer of version 2. */
    static long groupError(Map<String, Object> answer) {
        return (long) ((Map<?, ?>) answer.get("err")).get("rc");
    }
}
