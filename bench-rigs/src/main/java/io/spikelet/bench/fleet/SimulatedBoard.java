package io.spikelet.bench.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** One simulated board's connection: MQTT over a socket that never blocks. */
final class SimulatedBoard {
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int RECEIVE_BYTES = 2048;

    final BoardTelemetry telemetry;
    final int index;
    private final String clientId;
    private final String commandTopic;
    private final ByteBuffer received = ByteBuffer.allocate(RECEIVE_BYTES);
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>();
    private SelectionKey key;
    private boolean born;
    private int rebirths;

    SimulatedBoard(String group, String name, int index) {
        telemetry = new BoardTelemetry(group, name, index);
        this.index = index;
        clientId = group + "-" + name;
        commandTopic = telemetry.topic("NCMD");
    }

    void connected(SelectionKey ownKey) throws IOException {
        key = ownKey;
        send(MqttPackets.connect(clientId, KEEP_ALIVE_SECONDS, telemetry.will(System.currentTimeMillis())));
    }

    /** {@code GROUP/NAME}. */
    String id() {
        return telemetry.id();
    }

    boolean isBorn() {
        return born;
    }

    /** Births that a host asked for. */
    int rebirths() {
        return rebirths;
    }

    void tell() throws IOException {
        send(MqttPackets.publish(telemetry.topic("NDATA"), telemetry.data(System.currentTimeMillis())));
    }

    void leave() throws IOException {
        send(MqttPackets.publish(
                telemetry.topic("NDEATH"),
                telemetry.will(System.currentTimeMillis()).payload()));
        send(MqttPackets.disconnect());
    }

    boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    /** Takes what came. */
    void read() throws IOException {
        int count = channel().read(received);
        if (count < 0) {
            throw new IOException("the broker closed the connection of simulated board " + clientId);
        }
        received.flip();
        MqttPackets.Packet packet = MqttPackets.next(received);
        while (packet != null) {
            take(packet);
            packet = MqttPackets.next(received);
        }
        received.compact();
    }

    private void take(MqttPackets.Packet packet) throws IOException {
        switch (packet.type()) {
            case MqttPackets.CONNACK -> {
                if (packet.body().get(1) != 0) {
                    throw new IOException("the broker refused simulated board " + clientId + ", code "
                            + packet.body().get(1));
                }
                send(MqttPackets.subscribe(1, commandTopic, 1));
            }
            case MqttPackets.SUBACK -> {
                birth();
                born = true;
            }
            case MqttPackets.PUBLISH -> command(packet);
            default -> {}
        }
    }

    private void command(MqttPackets.Packet packet) throws IOException {
        ByteBuffer body = packet.body();
        byte[] topic = new byte[body.getShort() & 0xffff];
        body.get(topic);
        if ((packet.flags() >> 1 & 3) > 0) {
            send(MqttPackets.acknowledge(body.getShort() & 0xffff));
        }
        if (new String(topic, StandardCharsets.UTF_8).equals(commandTopic)) {
            rebirths++;
            birth();
        }
    }

    private void birth() throws IOException {
        send(MqttPackets.publish(telemetry.topic("NBIRTH"), telemetry.birth(System.currentTimeMillis())));
    }

    private void send(ByteBuffer packet) throws IOException {
        if (unsent.isEmpty()) {
            channel().write(packet);
        }
        if (packet.hasRemaining()) {
            unsent.add(packet);
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /** Sends what the socket did not take before. */
    void flush() throws IOException {
        while (!unsent.isEmpty()) {
            channel().write(unsent.peek());
            if (unsent.peek().hasRemaining()) {
                return;
            }
            unsent.remove();
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private SocketChannel channel() {
        return (SocketChannel) key.channel();
    }
}
