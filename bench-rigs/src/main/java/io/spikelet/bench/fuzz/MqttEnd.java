package io.spikelet.bench.fuzz;

import io.spikelet.hal.MessageLink;
import io.spikelet.smp.SmpTopics;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The hostile end of a board's topics on a broker: its requests, and its Sparkplug commands. */
public final class MqttEnd implements FuzzEnd {
    /** One hostile message in so many is a Sparkplug command. */
    private static final int COMMAND_EVERY = 8;

    private final MessageLink link;
    private final String device;
    private final HostileMessages hostile;
    private long sent;
    private long answers;

    public MqttEnd(MessageLink link, String device, long seed) throws IOException {
        this.link = link;
        this.device = device;
        hostile = new HostileMessages(seed);
        link.subscribe(SmpTopics.response(device), 0);
    }

    @Override
    public int sendHostile() throws IOException {
        byte[] message = hostile.next();
        boolean isCommand = sent++ % COMMAND_EVERY == 0;
        link.publish(isCommand ? "spBv1.0/spikelet/NCMD/" + device : SmpTopics.request(device), message, 0, false);
        return message.length;
    }

    @Override
    public byte[] ask(byte[] message, int timeoutMillis) throws IOException {
        link.publish(SmpTopics.request(device), message, 1, false);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (System.nanoTime() < end) {
            MessageLink.Message arrived = link.poll(10);
            if (arrived != null && FuzzRun.isAnswer(message, arrived.payload())) {
                return arrived.payload();
            }
            answers += arrived == null ? 0 : 1;
        }
        return null;
    }

    @Override
    public long answers() {
        return answers;
    }

    @Override
    public String name() {
        return "mqtt";
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
