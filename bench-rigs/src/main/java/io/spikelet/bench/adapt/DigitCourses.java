package io.spikelet.bench.adapt;

import io.spikelet.feature.OnOffScaling;
import io.spikelet.feature.SpeechFeatures;
import io.spikelet.host.data.SampleFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Spoken digits of people whom the network never heard (Free Spoken Digit Dataset). For each speaker a course: the network
 * is trained from the utterances 5 and later of all others, is told the speaker's utterances 5 to 9 of each digit, and is
 * asked the official test, 0 to 4, and all that is left, 10 and later. Held out are the others' 0 to 4.
 */
final class DigitCourses {
    static final String OFFICIAL = "official test";
    static final String REST = "all others";

    private static final String ARCHIVE = "recordings.zip";
    private static final Pattern NAME = Pattern.compile("(?:.*/)?([0-9])_([a-z]+)_([0-9]{1,4})\\.wav");
    private static final int DIGITS = 10;
    private static final int FIRST_TOLD = 5;
    private static final int FIRST_ASKED = 10;
    private static final int MOST_RECORDINGS = 1 << 14;
    private static final int MOST_BYTES = 1 << 18;

    /** @param features Q8 */
    private record Utterance(int digit, String speaker, int index, int[] features) {
        boolean official() {
            return index < FIRST_TOLD;
        }
    }

    private DigitCourses() {}

    /** A course for each speaker. */
    static List<Course> read(Path folder) throws IOException {
        Path archive = folder.resolve(ARCHIVE);
        List<Utterance> utterances = new ArrayList<>();
        SpeechFeatures maker = new SpeechFeatures(MOST_BYTES / Short.BYTES);
        try (InputStream packed = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(packed)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Matcher name = NAME.matcher(entry.getName());
                if (name.matches()) {
                    utterances.add(utterance(name, zip.readNBytes(MOST_BYTES), maker));
                }
                if (utterances.size() > MOST_RECORDINGS) {
                    throw new SampleFileException(archive + ": holds more than " + MOST_RECORDINGS + " recordings");
                }
            }
        } catch (ZipException e) {
            throw new SampleFileException(archive + ": is not a whole zip file; copy it again", e);
        }
        utterances.sort(Comparator.comparing(Utterance::speaker)
                .thenComparing(Utterance::digit)
                .thenComparing(Utterance::index));
        List<String> speakers =
                utterances.stream().map(Utterance::speaker).distinct().toList();
        if (speakers.size() < 2) {
            throw new SampleFileException(
                    archive + ": holds recordings of fewer than two speakers, named digit_speaker_index.wav");
        }
        return speakers.stream()
                .map(speaker -> course(speaker, utterances, maker.size()))
                .toList();
    }

    private static Utterance utterance(Matcher name, byte[] wav, SpeechFeatures maker) throws SampleFileException {
        short[] samples = WavFile.samples(wav, name.group(), SpeechFeatures.SAMPLE_RATE);
        int[] features = new int[maker.size()];
        maker.extract(samples, samples.length, features);
        return new Utterance(Integer.parseInt(name.group(1)), name.group(2), Integer.parseInt(name.group(3)), features);
    }

    private static Course course(String speaker, List<Utterance> utterances, int size) {
        Predicate<Utterance> stranger = one -> one.speaker().equals(speaker);
        int[] before = which(utterances, stranger.negate().and(one -> !one.official()));
        int[] known = new int[before.length * size];
        for (int k = 0; k < before.length; k++) {
            System.arraycopy(utterances.get(before[k]).features(), 0, known, k * size, size);
        }
        OnOffScaling scaling = OnOffScaling.of(known, before.length, size);
        byte[] vectors = new byte[utterances.size() * scaling.inputs()];
        byte[] labels = new byte[utterances.size()];
        for (int k = 0; k < labels.length; k++) {
            scaling.encode(utterances.get(k).features(), 0, vectors, k * scaling.inputs());
            labels[k] = (byte) utterances.get(k).digit();
        }
        int[] told = which(utterances, stranger.and(one -> one.index() >= FIRST_TOLD && one.index() < FIRST_ASKED));
        List<Stage> stages = List.of(
                new Stage("5 utterances a digit", OFFICIAL, told, which(utterances, stranger.and(Utterance::official))),
                new Stage(
                        "nothing more",
                        REST,
                        new int[0],
                        which(utterances, stranger.and(one -> one.index() >= FIRST_ASKED))));
        int[] heldOut = which(utterances, stranger.negate().and(Utterance::official));
        return new Course(speaker, scaling.inputs(), DIGITS, vectors, labels, before, heldOut, stages, new int[0]);
    }

    private static int[] which(List<Utterance> utterances, Predicate<Utterance> wanted) {
        return IntStream.range(0, utterances.size())
                .filter(k -> wanted.test(utterances.get(k)))
                .toArray();
    }
}
