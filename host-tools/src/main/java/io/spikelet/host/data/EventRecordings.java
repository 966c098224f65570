package io.spikelet.host.data;

import io.spikelet.engine.EventFraming;
import io.spikelet.hal.events.EventFiles;
import io.spikelet.hal.events.EventFormatException;
import io.spikelet.hal.events.EventSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Recordings of an event camera, one file a sample, numbered, in a folder or a zip archive beside a list of labels (see
 * the package). They are read, and made into frames, whenever a sample is asked for.
 */
public final class EventRecordings {
    private static final Pattern RECORDING =
            Pattern.compile("(?:.*/)?(\\d{1,9})\\.(?:bs2|bin|es|raw|aedat)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIST = Pattern.compile("(?:.*/)?[^/]*\\.txt", Pattern.CASE_INSENSITIVE);

    private final RecordingStore store;
    private final LabelList labels;
    private final String[] recordings; // (n) names, in the order of the labels

    private EventRecordings(RecordingStore store, LabelList labels, String[] recordings) {
        this.store = store;
        this.labels = labels;
        this.recordings = recordings;
    }

    /** Whether a path is a zip archive, or a folder with a numbered recording. */
    public static boolean areMeantBy(Path path) throws SampleFileException {
        if (Files.isDirectory(path)) {
            return RecordingStore.open(path).names().stream()
                    .anyMatch(name -> RECORDING.matcher(name).matches());
        }
        return path.getFileName() != null
                && path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /**
     * Opens a folder or an archive.
     *
     * @throws SampleFileException when it cannot be read, has no list or several, when a line is no number and label, or
     *     when a recording of the list is missing
     */
    public static EventRecordings open(Path place) throws SampleFileException {
        RecordingStore store = RecordingStore.open(place);
        List<String> lists = store.names().stream()
                .filter(name -> LIST.matcher(name).matches())
                .sorted()
                .toList();
        if (lists.size() != 1) {
            throw new SampleFileException(place + ": holds "
                    + (lists.isEmpty() ? "no list of labels" : lists.size() + " files ending in .txt")
                    + "; give numbered recordings (1.bs2, 2.bs2, ...) and one .txt file with a number and a label on"
                    + " each line");
        }
        LabelList labels = LabelList.parse(store.describe(lists.getFirst()), store.read(lists.getFirst()));
        Map<Integer, String> byNumber = new HashMap<>();
        for (String name : store.names()) {
            Matcher recording = RECORDING.matcher(name);
            if (recording.matches()) {
                String other = byNumber.put(Integer.valueOf(recording.group(1)), name);
                if (other != null) {
                    throw new SampleFileException(place + ": holds '" + other + "' and '" + name
                            + "', which have the same number; keep one of them");
                }
            }
        }
        String[] recordings = new String[labels.labels().size()];
        int next = 0;
        for (int number : labels.labels().keySet()) {
            recordings[next] = byNumber.get(number);
            if (recordings[next++] == null) {
                throw new SampleFileException(store.describe(lists.getFirst()) + ": names recording " + number
                        + ", which is not there; copy it or take its line out");
            }
        }
        return new EventRecordings(store, labels, recordings);
    }

    /**
     * Gives one part as samples of T event frames, whose counts are the input's values as they are (1 means 1.0).
     *
     * @param split {@code test} for the held-out fold, {@code train} or {@code calibration} for the others; all
     *     recordings under each name where there is no fold; {@code test:FROM-TO} for some of them
     * @throws SampleFileException when there is no such part
     */
    public SampleSet samples(EventFraming framing, String split, Optional<Fold> fold) throws SampleFileException {
        Slice slice = Slice.of(split);
        byte[] all = new byte[recordings.length];
        int next = 0;
        for (byte label : labels.labels().values()) {
            all[next++] = label;
        }
        boolean[] heldOut = fold.map(chosen -> chosen.heldOut(all)).orElse(new boolean[all.length]);
        IntPredicate wanted = switch (slice.part()) {
            case "test" -> i -> fold.isEmpty() || heldOut[i];
            case "train", "calibration" -> i -> !heldOut[i];
            default ->
                throw new SampleFileException(store.place() + ": recordings have the parts train, calibration and test,"
                        + " not '" + slice.part() + "'; choose one of these, or test:FROM-TO");
        };
        int[] chosen = IntStream.range(0, all.length).filter(wanted).toArray();
        if (chosen.length == 0) {
            throw new SampleFileException(
                    store.place() + ": has no recording in " + part(slice, fold) + "; choose fewer folds");
        }
        byte[] chosenLabels = new byte[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            chosenLabels[i] = all[chosen[i]];
        }
        String name = store.place().toAbsolutePath().normalize().getFileName() + " (" + part(slice, fold) + ")";
        int[] shape = {
            framing.timeSteps(), 2, framing.input().height(), framing.input().width()
        };
        try {
            SampleSet set = SampleSet.decoded(
                    name,
                    labels.classes(),
                    1,
                    shape,
                    chosenLabels,
                    (sample, into, offset) -> frame(recordings[chosen[sample]], framing, into, offset));
            return slice.of(set, store.place());
        } catch (IllegalArgumentException doesNotFit) {
            throw new SampleFileException(
                    store.place() + ": " + doesNotFit.getMessage() + "; take fewer or smaller frames", doesNotFit);
        }
    }

    private static String part(Slice slice, Optional<Fold> fold) {
        return fold.map(chosen -> slice.part() + " of fold " + chosen).orElse("all recordings");
    }

    private void frame(String name, EventFraming framing, byte[] into, int offset) throws IOException {
        try (EventSource events = EventFiles.read(store.describe(name), new ByteArrayInputStream(store.read(name)))) {
            framing.frame(events, into, offset);
        } catch (EventFormatException malformed) {
            throw new SampleFileException(malformed.getMessage(), malformed);
        }
    }
}
