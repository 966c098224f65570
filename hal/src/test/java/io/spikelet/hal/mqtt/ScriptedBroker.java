package io.spikelet.hal.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Just enough of an MQTT 3.1.1 broker for one test: answers as it is told and sends every published message back to
 * all connections (OASIS MQTT 3.1.1, chapters 2 and 3).
 */
final class ScriptedBroker implements Closeable {
    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int SUBSCRIBE = 8;
    private static final int PING = 12;
    private static final int DISCONNECT = 14;

    /** What one CONNECT said. */
    record Connect(int protocolLevel, int flags, int keepAlive, List<String> strings) {
        boolean cleanSession() {
            return (flags & 2) != 0;
        }
    }

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Connect> connects = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstEnd = new CountDownLatch(1);
    private volatile int connackCode;
    private volatile int subackCode = 1;
    private volatile boolean acknowledgesPublish = true;
    private volatile boolean answersConnect = true;
    private volatile boolean saidGoodbye;

    ScriptedBroker() throws IOException {
        this(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    }

    ScriptedBroker(ServerSocket server) {
        this.server = server;
        Thread.ofPlatform().daemon().name("scripted-broker").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    ScriptedBroker answeringConnectWith(int code) {
        connackCode = code;
        return this;
    }

    ScriptedBroker answeringSubscribeWith(int code) {
        subackCode = code;
        return this;
    }

    ScriptedBroker acknowledgingNothing() {
        acknowledgesPublish = false;
        return this;
    }

    ScriptedBroker silent() {
        answersConnect = false;
        return this;
    }

    List<Connect> connects() {
        return List.copyOf(connects);
    }

    /** Waits for the first connection to end and tells whether it ended with a DISCONNECT. */
    Optional<Boolean> goodbye() throws InterruptedException {
        return firstEnd.await(20, TimeUnit.SECONDS) ? Optional.of(saidGoodbye) : Optional.empty();
    }

    void send(String topic, byte[] payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        body.write(name.length >> 8);
        body.write(name.length);
        body.write(name);
        body.write(payload);
        for (Socket socket : sockets) {
            packet(socket, PUBLISH << 4, body.toByteArray());
        }
    }

    void dropConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            while (true) {
                int header = in.readUnsignedByte();
                byte[] body = in.readNBytes(remainingLength(in));
                switch (header >> 4) {
                    case CONNECT -> connect(socket, body);
                    case PUBLISH -> publish(socket, header, body);
                    case SUBSCRIBE -> packet(socket, 0x90, new byte[] {body[0], body[1], (byte) subackCode});
                    case PING -> packet(socket, 0xd0, new byte[0]);
                    case DISCONNECT -> saidGoodbye = true;
                    default -> throw new IOException("not in the script: " + header);
                }
            }
        } catch (IOException ended) {
            firstEnd.countDown();
        } finally {
            sockets.remove(socket);
        }
    }

    private void connect(Socket socket, byte[] body) throws IOException {
        int at = 6;
        List<String> strings = new CopyOnWriteArrayList<>();
        for (int next = 10; next < body.length; ) {
            int length = (body[next] & 0xff) << 8 | body[next + 1] & 0xff;
            strings.add(new String(body, next + 2, length, StandardCharsets.UTF_8));
            next += 2 + length;
        }
        connects.add(
                new Connect(body[at], body[at + 1] & 0xff, (body[at + 2] & 0xff) << 8 | body[at + 3] & 0xff, strings));
        if (answersConnect) {
            packet(socket, 0x20, new byte[] {0, (byte) connackCode});
        }
    }

    private void publish(Socket socket, int header, byte[] body) throws IOException {
        int nameEnd = 2 + ((body[0] & 0xff) << 8 | body[1] & 0xff);
        String topic = new String(body, 2, nameEnd - 2, StandardCharsets.UTF_8);
        boolean hasId = (header & 6) != 0;
        int start = nameEnd + (hasId ? 2 : 0);
        byte[] payload = new byte[body.length - start];
        System.arraycopy(body, start, payload, 0, payload.length);
        if (!acknowledgesPublish) {
            return;
        }
        if (hasId) {
            packet(socket, 0x40, new byte[] {body[nameEnd], body[nameEnd + 1]});
        }
        send(topic, payload);
    }

    private static int remainingLength(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            if (digit < 0x80) {
                return length;
            }
        }
    }

    private static void packet(Socket socket, int header, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(header);
        int left = body.length;
        do {
            packet.write(left > 0x7f ? left & 0x7f | 0x80 : left);
            left >>= 7;
        } while (left > 0);
        packet.write(body);
        synchronized (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(packet.toByteArray());
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        dropConnections();
    }
}
