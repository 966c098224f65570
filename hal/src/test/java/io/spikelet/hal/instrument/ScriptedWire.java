package io.spikelet.hal.instrument;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.sim.MemoryLink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** The far end of a wire that answers each line by rote; an empty answer is none. */
final class ScriptedWire implements Closeable {
    private final MemoryLink[] wire = MemoryLink.pair();
    private final Thread answering;

    ScriptedWire(UnaryOperator<String> script) {
        answering = Thread.ofPlatform().daemon().start(() -> {
            StringBuilder line = new StringBuilder();
            byte[] some = new byte[256];
            try {
                while (true) {
                    int count = wire[1].read(some, 50);
                    for (int at = 0; at < count; at++) {
                        if (some[at] == '\n') {
                            byte[] answer =
                                    script.apply(line.toString().strip()).getBytes(StandardCharsets.UTF_8);
                            wire[1].write(answer, 0, answer.length);
                            line.setLength(0);
                        } else {
                            line.append((char) some[at]);
                        }
                    }
                }
            } catch (IOException hungUp) {
                wire[1].close();
            }
        });
    }

    ByteLink link() {
        return wire[0];
    }

    @Override
    public void close() throws IOException {
        wire[0].close();
        wire[1].close();
        try {
            answering.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
