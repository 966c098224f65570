package io.spikelet.device;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** SMP in console frames over a serial line. */
final class SerialService extends LinkService {
    private final Agent.LineOpener opener;
    private final DutyCycle duty;
    private final UnaryOperator<byte[]> smp;

    /**
     * @param smp answers a message on the duty cycle's thread; an empty answer is not sent
     */
    SerialService(String name, Agent.LineOpener opener, DutyCycle duty, UnaryOperator<byte[]> smp) {
        super(name);
        this.opener = opener;
        this.duty = duty;
        this.smp = smp;
    }

    @Override
    void serve() throws IOException, InterruptedException {
        try (ByteLink link = opener.open()) {
            opened();
            FramedRequests requests = new FramedRequests(link, duty, smp);
            while (!isStopped()) {
                requests.serve(POLL_MILLIS);
            }
        }
    }
}
