package io.spikelet.host.link;

import io.spikelet.hal.Clock;
import io.spikelet.hal.MessageLink;
import io.spikelet.smp.SmpTopics;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SMP over a broker on the {@link SmpTopics}: one message of QoS 1 for each request and for each answer. Every client of a board hears every answer and picks its own by
 * sequence, group and command.
 */
public final class MqttTransport implements SmpTransport {
    private static final Logger LOG = LoggerFactory.getLogger(MqttTransport.class);
    private static final int QOS = 1;

    private final LinkOpener<? extends MessageLink> opener;
    private final Clock clock;
    private final String name;
    private final String requestTopic;
    private final String responseTopic;
    private MessageLink link;

    /**
     * @param name what a person calls the broker and board
     * @param device a name that {@link SmpTopics#isDevice} accepts
     */
    public MqttTransport(LinkOpener<? extends MessageLink> opener, String name, String device, Clock clock)
            throws IOException {
        this.opener = opener;
        this.name = name;
        this.requestTopic = SmpTopics.request(device);
        this.responseTopic = SmpTopics.response(device);
        this.clock = clock;
        this.link = connect();
    }

    private MessageLink connect() throws IOException {
        MessageLink opened = opener.open();
        try {
            opened.subscribe(responseTopic, QOS);
            return opened;
        } catch (IOException e) {
            closeBroken(opened);
            throw e;
        }
    }

    @Override
    public void send(byte[] message) throws IOException {
        link.publish(requestTopic, message, QOS, false);
    }

    @Override
    public byte[] receive(int timeoutMillis) throws IOException {
        long start = clock.nanoTime();
        long left = timeoutMillis;
        while (left > 0) {
            MessageLink.Message message = link.poll((int) left);
            if (message == null) {
                return null;
            }
            if (message.topic().equals(responseTopic)) {
                return message.payload();
            }
            left = timeoutMillis - (clock.nanoTime() - start) / 1_000_000;
        }
        return null;
    }

    @Override
    public void reopen() throws IOException {
        closeBroken(link);
        link = connect();
    }

    /** A connection that is given up may well fail to close; the next one's opening decides. */
    private void closeBroken(MessageLink broken) {
        try {
            broken.close();
        } catch (IOException e) {
            LOG.debug("closing the broken connection to {}: {}", name, e.getMessage());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
