package io.spikelet.slots;

import io.spikelet.hal.Store;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Files in memory; loses power at the n-th operation that changes something, as the port says a card may. */
public final class CuttableStore implements Store {
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private long operationsLeft = Long.MAX_VALUE;
    private boolean cutAfterTheOperation;
    private boolean dead;

    /** Empty, and with power. */
    public CuttableStore() {}

    /** Power goes at the given operation from now: before it took effect, or just after. */
    public void losePowerAt(long operation, boolean afterIt) {
        operationsLeft = operation;
        cutAfterTheOperation = afterIt;
    }

    public void restorePower() {
        dead = false;
        operationsLeft = Long.MAX_VALUE;
    }

    public boolean lostPower() {
        return dead;
    }

    private boolean takesEffect() throws IOException {
        requirePower();
        if (operationsLeft-- > 0) {
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

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        requirePower();
        return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }

    @Override
    public byte[] read(String name, long offset, int length) throws IOException {
        requirePower();
        byte[] file = files.get(name);
        int from = (int) Math.min(offset, file.length);
        return Arrays.copyOfRange(file, from, Math.min(file.length, from + length));
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        if (takesEffect()) {
            files.put(name, content.clone());
        }
        requirePower();
    }

    @Override
    public void append(String name, byte[] content, int offset, int length) throws IOException {
        boolean whole = takesEffect();
        byte[] old = files.getOrDefault(name, new byte[0]);
        int kept = whole ? length : length / 2;
        byte[] grown = Arrays.copyOf(old, old.length + kept);
        System.arraycopy(content, offset, grown, old.length, kept);
        files.put(name, grown);
        requirePower();
    }

    @Override
    public void truncate(String name, long size) throws IOException {
        if (takesEffect()) {
            files.computeIfPresent(name, (key, file) -> Arrays.copyOf(file, (int) size));
        }
        requirePower();
    }

    @Override
    public long size(String name) throws IOException {
        requirePower();
        return files.containsKey(name) ? files.get(name).length : -1;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        if (takesEffect()) {
            files.put(to, files.remove(from));
        }
        requirePower();
    }

    @Override
    public void delete(String name) throws IOException {
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

    @Override
    public void close() {}
}
