package io.spikelet.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A service manager's end of sd_notify(3): a bound datagram socket, which Java itself has not. */
final class NotifySocket implements Closeable {
    private static final int UNIX = 1;
    private static final int DATAGRAM = 2;
    private static final int DO_NOT_WAIT = 0x40;
    private static final int MOST = 1024;

    private static final MethodHandle SOCKET =
            link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = link("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECEIVE =
            link("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE = link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final int socket;

    /** @param path of the socket, which is made; or an abstract name, as bytes that begin with 0 */
    NotifySocket(byte[] path) throws IOException {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment address = call.allocate(110, 2);
            address.set(JAVA_SHORT, 0, (short) UNIX);
            MemorySegment.copy(path, 0, address, JAVA_BYTE, 2, path.length);
            socket = (int) SOCKET.invokeExact(UNIX, DATAGRAM, 0);
            if ((int) BIND.invokeExact(socket, address, 2 + path.length) != 0) {
                throw new IOException("the socket cannot be bound");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable impossible) {
            throw new AssertionError("a C function threw", impossible);
        }
    }

    NotifySocket(Path path) throws IOException {
        this(path.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What has come since it was last asked: a datagram each. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        try (Arena call = Arena.ofConfined()) {
            MemorySegment buffer = call.allocate(MOST);
            for (long n = receive(buffer); n >= 0; n = receive(buffer)) {
                told.add(new String(buffer.asSlice(0, n).toArray(JAVA_BYTE), StandardCharsets.UTF_8));
            }
        }
        return told;
    }

    private long receive(MemorySegment buffer) {
        try {
            return (long) RECEIVE.invokeExact(socket, buffer, (long) MOST, DO_NOT_WAIT);
        } catch (Throwable impossible) {
            throw new AssertionError("a C function threw", impossible);
        }
    }

    @Override
    public void close() {
        try {
            int ignored = (int) CLOSE.invokeExact(socket);
        } catch (Throwable impossible) {
            throw new AssertionError("a C function threw", impossible);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String name, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
    }
}
