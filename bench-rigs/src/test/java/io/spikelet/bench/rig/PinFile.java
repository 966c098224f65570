package io.spikelet.bench.rig;

import io.spikelet.hal.sim.EdgeFeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The measuring pin of a stranger's device: a file that takes a line for each edge. */
final class PinFile implements EdgeFeed {
    private final BufferedReader lines;
    private long nanos;
    private boolean high;

    PinFile(Path file) throws IOException {
        lines = Files.newBufferedReader(file);
    }

    @Override
    public boolean next() {
        try {
            String line = lines.readLine();
            if (line == null) {
                return false;
            }
            String[] words = line.split(" ");
            nanos = Long.parseLong(words[0]);
            high = words[1].equals("1");
            return true;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public boolean isHigh() {
        return high;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
