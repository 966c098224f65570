package io.spikelet.bench.energy;

import java.util.List;
import java.util.Locale;

/**
 * The windows of one run, all found in the same way.
 *
 * @param method how
 * @param windows in their order, one or more
 */
public record WindowCuts(CutMethod method, List<WindowCut> windows) {
    /** Copies the list. */
    public WindowCuts {
        windows = List.copyOf(windows);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("cuts hold at least one window");
        }
    }

    /** The largest standard uncertainty of a border, ns. */
    public double borderNanos() {
        return windows.stream().mapToDouble(WindowCut::borderNanos).max().orElseThrow();
    }

    /** For a person: the method and how sure its borders are. */
    public String words() {
        return String.format(Locale.ROOT, "windows cut %s, borders to %.3g ms", method.words(), borderNanos() * 1e-6);
    }
}
