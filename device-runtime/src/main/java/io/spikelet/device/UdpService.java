package io.spikelet.device;

import io.spikelet.hal.udp.UdpPort;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SMP over UDP: a message a datagram, the answer to its sender. */
final class UdpService extends LinkService {
    private static final Logger LOG = LoggerFactory.getLogger(UdpService.class);

    private final Agent.PortOpener opener;
    private final DutyCycle duty;
    private final UnaryOperator<byte[]> smp;

    /**
     * @param smp answers a message on the duty cycle's thread; an empty answer is not sent
     */
    UdpService(String name, Agent.PortOpener opener, DutyCycle duty, UnaryOperator<byte[]> smp) {
        super(name);
        this.opener = opener;
        this.duty = duty;
        this.smp = smp;
    }

    @Override
    void serve() throws IOException, InterruptedException {
        try (UdpPort port = opener.open()) {
            opened();
            while (!isStopped()) {
                UdpPort.Datagram datagram = port.receive(POLL_MILLIS);
                if (datagram != null) {
                    answer(port, datagram);
                }
            }
        }
    }

    /** What cannot be sent to one sender is no reason to close the port to all others; the client asks again. */
    private void answer(UdpPort port, UdpPort.Datagram datagram) throws InterruptedException {
        byte[] answer = duty.answer(smp, datagram.message());
        if (answer.length == 0) {
            return;
        }
        try {
            port.send(answer, datagram.sender());
        } catch (IOException e) {
            LOG.debug("an answer to {} was not sent: {}", datagram.sender(), e.getMessage());
        }
    }
}
