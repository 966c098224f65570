package io.spikelet.hal.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What goes wrong between a simulated instrument and its reader, each at a sample counted from 0. */
public final class WireFaults {
    private final Set<Long> lost = new HashSet<>();
    private final Map<Long, Integer> dropped = new HashMap<>();
    private final Map<Long, byte[]> noise = new HashMap<>();
    private final Set<Long> noNumber = new HashSet<>();
    private long hangUp = Long.MAX_VALUE;
    private long overcurrent = Long.MAX_VALUE;
    private double clockPpm;

    /** Nothing goes wrong. */
    public WireFaults() {}

    /** Samples that are taken and never sent. */
    public WireFaults lose(long sample, int count) {
        for (long at = sample; at < sample + count; at++) {
            lost.add(at);
        }
        return this;
    }

    /** Bytes missing at the end of a sample's own. */
    public WireFaults dropBytes(long sample, int count) {
        dropped.put(sample, count);
        return this;
    }

    /** Bytes that come before a sample and belong to nothing. */
    public WireFaults noise(long sample, byte... bytes) {
        noise.put(sample, bytes.clone());
        return this;
    }

    /** A sample that the instrument has no number for. */
    public WireFaults noNumber(long sample) {
        noNumber.add(sample);
        return this;
    }

    /** The wire is pulled before this sample. */
    public WireFaults hangUp(long sample) {
        hangUp = sample;
        return this;
    }

    /** The board takes more than the instrument bears, at this sample. */
    public WireFaults overcurrent(long sample) {
        overcurrent = sample;
        return this;
    }

    /** The instrument's clock is fast by so many parts in a million. */
    public WireFaults clockPpm(double ppm) {
        clockPpm = ppm;
        return this;
    }

    boolean loses(long sample) {
        return !lost.isEmpty() && lost.contains(sample);
    }

    int dropped(long sample) {
        return dropped.isEmpty() ? 0 : dropped.getOrDefault(sample, 0);
    }

    byte[] noiseBefore(long sample) {
        return noise.isEmpty() ? new byte[0] : noise.getOrDefault(sample, new byte[0]);
    }

    boolean hasNoNumber(long sample) {
        return !noNumber.isEmpty() && noNumber.contains(sample);
    }

    boolean hangsUp(long sample) {
        return sample >= hangUp;
    }

    boolean isOvercurrent(long sample) {
        return sample >= overcurrent;
    }

    /** What the instrument's clock shows after so much true time. */
    long clock(long trueNanos) {
        return trueNanos + Math.round(trueNanos * clockPpm / 1e6);
    }

    /** The true time at which the instrument's clock shows this. */
    long trueTime(long clockNanos) {
        return Math.round(clockNanos / (1 + clockPpm / 1e6));
    }
}
