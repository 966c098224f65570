package io.spikelet.hal.sim;

import io.spikelet.hal.Store;
import io.spikelet.hal.StoreNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files in memory that lose power at a chosen operation, as the port says a card may: a replacing operation took effect
 * or did not, an append keeps any prefix. After the cut every call fails until {@link #restorePower}.
 */
public final class SimStore implements Store {
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private long operations;
    private long cutAt = Long.MAX_VALUE;
    private boolean cutAfterTheOperation;
    private boolean dead;

    public SimStore() {
        // Begins empty, with power.
    }

    /** How many durable operations were begun so far. */
    public long operations() {
        return operations;
    }

    /**
     * Power goes at the given durable operation from now (0 is the next).
     *
     * @param afterIt whether that operation still took effect; an append is kept in half when it did not
     */
    public void losePowerAt(long operation, boolean afterIt) {
        cutAt = operations + operation;
        cutAfterTheOperation = afterIt;
    }

    public void restorePower() {
        dead = false;
        cutAt = Long.MAX_VALUE;
    }

    public boolean lostPower() {
        return dead;
    }

    private boolean takesEffect() throws IOException {
        requirePower();
        if (operations++ < cutAt) {
            return true;
        }
        dead = true;
        return cutAfterTheOperation;
    }

    private void requirePower() throws IOException {
        if (dead) {
            throw new IOException("the power is gone");
        }
    }

    private byte[] existing(String name) throws IOException {
        byte[] file = files.get(StoreNames.require(name));
        if (file == null) {
            throw new FileNotFoundException("there is no " + name + " in the simulated store");
        }
        return file;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        requirePower();
        return Optional.ofNullable(files.get(StoreNames.require(name))).map(byte[]::clone);
    }

    @Override
    public byte[] read(String name, long offset, int length) throws IOException {
        requirePower();
        byte[] file = existing(name);
        int from = (int) Math.min(offset, file.length);
        return Arrays.copyOfRange(file, from, (int) Math.min(file.length, (long) from + length));
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        StoreNames.require(name);
        if (takesEffect()) {
            files.put(name, content.clone());
        }
        requirePower();
    }

    @Override
    public void append(String name, byte[] content, int offset, int length) throws IOException {
        StoreNames.require(name);
        int kept = takesEffect() ? length : length / 2;
        byte[] old = files.getOrDefault(name, new byte[0]);
        byte[] grown = Arrays.copyOf(old, old.length + kept);
        System.arraycopy(content, offset, grown, old.length, kept);
        files.put(name, grown);
        requirePower();
    }

    @Override
    public void truncate(String name, long size) throws IOException {
        byte[] file = existing(name);
        if (takesEffect()) {
            files.put(name, Arrays.copyOf(file, (int) Math.min(size, file.length)));
        }
        requirePower();
    }

    @Override
    public long size(String name) throws IOException {
        requirePower();
        byte[] file = files.get(StoreNames.require(name));
        return file == null ? -1 : file.length;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        byte[] file = existing(from);
        StoreNames.require(to);
        if (takesEffect()) {
            files.remove(from);
            files.put(to, file);
        }
        requirePower();
    }

    @Override
    public void delete(String name) throws IOException {
        StoreNames.require(name);
        if (takesEffect()) {
            files.remove(name);
        }
        requirePower();
    }

    @Override
    public List<String> list() throws IOException {
        requirePower();
        return List.copyOf(files.keySet());
    }

    /** Keeps its files, as a card does. */
    @Override
    public void close() {
        // Nothing is held.
    }
}
