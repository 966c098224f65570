package io.spikelet.bench.fleet;

import io.spikelet.hal.mqtt.Will;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The packets of MQTT 3.1.1 that a board needs, as bytes. */
final class MqttPackets {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int SUBACK = 9;

    private static final int CLEAN_SESSION = 0x02;
    private static final int WILL_FLAG = 0x04;
    private static final int WILL_QOS_SHIFT = 3;

    private MqttPackets() {}

    static ByteBuffer connect(String clientId, int keepAliveSeconds, Will will) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(4);
        body.write(CLEAN_SESSION | WILL_FLAG | will.qos() << WILL_QOS_SHIFT);
        number(body, keepAliveSeconds);
        text(body, clientId);
        text(body, will.topic());
        number(body, will.payload().length);
        body.writeBytes(will.payload());
        return packet(0x10, body);
    }

    static ByteBuffer subscribe(int packetId, String filter, int qos) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, packetId);
        text(body, filter);
        body.write(qos);
        return packet(0x82, body);
    }

    /** QoS 0, not retained. */
    static ByteBuffer publish(String topic, byte[] payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(topic.length() + payload.length + 2);
        text(body, topic);
        body.writeBytes(payload);
        return packet(0x30, body);
    }

    static ByteBuffer acknowledge(int packetId) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, packetId);
        return packet(0x40, body);
    }

    static ByteBuffer disconnect() {
        return packet(0xE0, new ByteArrayOutputStream());
    }

    private static ByteBuffer packet(int first, ByteArrayOutputStream body) {
        ByteBuffer packet = ByteBuffer.allocate(body.size() + 5);
        packet.put((byte) first);
        int length = body.size();
        do {
            int part = length & 0x7f;
            length >>>= 7;
            packet.put((byte) (length > 0 ? part | 0x80 : part));
        } while (length > 0);
        return packet.put(body.toByteArray()).flip();
    }

    private static void text(ByteArrayOutputStream body, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(body, bytes.length);
        body.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream body, int number) {
        body.write(number >>> 8);
        body.write(number);
    }

    /**
     * The next whole packet of what was received: its type in the upper four bits of the first byte, then its body.
     *
     * @param received ready to be read; what follows the packet stays
     * @return null when the packet is not whole yet; the buffer is then as it was
     */
    static Packet next(ByteBuffer received) {
        received.mark();
        int length = 0;
        int shift = 0;
        if (received.remaining() < 2) {
            return null;
        }
        int first = received.get() & 0xff;
        int part;
        do {
            if (!received.hasRemaining()) {
                received.reset();
                return null;
            }
            part = received.get() & 0xff;
            length |= (part & 0x7f) << shift;
            shift += 7;
        } while ((part & 0x80) != 0 && shift < 28);
        if (received.remaining() < length) {
            received.reset();
            return null;
        }
        byte[] body = new byte[length];
        received.get(body);
        return new Packet(first >>> 4, first & 0xf, ByteBuffer.wrap(body));
    }

    /** One packet from a broker. */
    record Packet(int type, int flags, ByteBuffer body) {}
}
