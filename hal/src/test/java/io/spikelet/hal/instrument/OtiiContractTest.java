package io.spikelet.hal.instrument;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterContract;
import io.spikelet.hal.sim.SimOtii;
import io.spikelet.hal.sim.SimPace;
import io.spikelet.hal.sim.WireFaults;
import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.hal.tcp.TcpListener;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OtiiContractTest extends MeterContract {
    private static final String HERE = "127.0.0.1";

    private SimPace application;

    @Override
    protected Meter atTwoAndAHalfWatts() throws IOException {
        try (TcpListener listener = TcpListener.open(HERE, 0)) {
            TcpLink link = TcpLink.connect(HERE, listener.port(), 5000);
            application = SimPace.run(new SimOtii(listener.accept(5000), nanos -> 2.5 / 4, new WireFaults()));
            return OtiiMeter.open(link, new OtiiSetup("", 4, 1));
        }
    }

    @Override
    @AfterEach
    protected void cut() throws IOException {
        application.close();
    }
}
