package io.spikelet.bench.crossbar;

import io.spikelet.hal.attach.CoProcessors;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorContract;
import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;
import io.spikelet.hal.tinyodin.LineServer;
import io.spikelet.hal.tinyodin.LineService;
import org.junit.jupiter.api.AfterEach;

/** The contract out of its artifact, as somebody else's driver runs it: here of a chip that is reached by its words. */
class SocketChipContractTest extends CoProcessorContract {
    private LineServer server;

    @Override
    protected CoProcessor open() throws Exception {
        SimTinyOdin port = new SimTinyOdin(new TinyOdinChip(3));
        server = LineServer.open("127.0.0.1", 0, new LineService(port, port));
        return CoProcessors.open("tinyodin:127.0.0.1:" + server.port(), 1).getFirst();
    }

    @AfterEach
    void closeServer() throws Exception {
        server.close();
    }
}
