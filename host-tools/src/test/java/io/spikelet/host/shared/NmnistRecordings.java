package io.spikelet.host.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.ZipFile;

/** Event-camera recordings of digits, and the spike counts that an independent interpreter gave for each. */
public final class NmnistRecordings implements AutoCloseable {
    private static final int SIDE = 34;
    private static final int EVENT_BYTES = 5;

    private final ZipFile recordings;
    private final List<String> counts;

    private NmnistRecordings(ZipFile recordings, List<String> counts) {
        this.recordings = recordings;
        this.counts = counts;
    }

    /** Opens the set; skips the calling test when the files are not there. */
    public static NmnistRecordings open() throws IOException {
        List<String> lines =
                Files.readAllLines(SharedFolder.file("models/cnn-sinabs/nmnist_train1k_output_counts.csv"));
        return new NmnistRecordings(
                new ZipFile(SharedFolder.file("data/nmnist-train1k/nmnist_train1k.zip")
                        .toFile()),
                lines.subList(1, lines.size()));
    }

    /** The 10 output spike counts recorded for a recording, 1..1000. */
    public int[] outputCounts(int recording) {
        String[] cells = counts.get(recording - 1).split(",");
        int[] outputCounts = new int[10];
        for (int c = 0; c < outputCounts.length; c++) {
            outputCounts[c] = Integer.parseInt(cells[2 + c]);
        }
        return outputCounts;
    }

    /**
     * Event counts of a recording in frames of 1 ms from its first event on; what is left after the last whole frame
     * is dropped.
     *
     * @return (frames, 2 · 34 · 34), polarity first
     */
    public float[][] frames(int recording) throws IOException {
        byte[] events = recordings
                .getInputStream(recordings.getEntry(recording + ".bs2"))
                .readAllBytes();
        int first = micros(events, 0);
        int frames = (micros(events, events.length - EVENT_BYTES) - first) / 1000;
        float[][] counted = new float[frames][2 * SIDE * SIDE];
        for (int at = 0; at < events.length; at += EVENT_BYTES) {
            int frame = (micros(events, at) - first) / 1000;
            int polarity = (events[at + 2] & 0x80) >> 7;
            if (frame < frames) {
                counted[frame][(polarity * SIDE + events[at + 1]) * SIDE + events[at]]++;
            }
        }
        return counted;
    }

    private static int micros(byte[] events, int at) {
        return (events[at + 2] & 0x7f) << 16 | (events[at + 3] & 0xff) << 8 | events[at + 4] & 0xff;
    }

    @Override
    public void close() throws IOException {
        recordings.close();
    }
}
