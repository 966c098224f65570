package io.spikelet.bench.powercut;

import io.spikelet.adapt.AdaptationService;
import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.bench.board.BoardProcess;
import io.spikelet.bench.guard.GuardedDigits;
import io.spikelet.engine.Kernels;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.AdaptationClient;
import io.spikelet.host.link.AdaptationStatus;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.Flasher;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Kills a board with SIGKILL while it learns the bundled digits. After each start it must serve exactly what its twin
 * learned from as many samples, and have lost no more acknowledged samples than the checkpoint interval.
 */
public final class KilledAdaptation {
    private static final String SETTINGS = "interval=8,checkpoint=16";
    private static final List<String> OPTIONS = List.of("--adapt", SETTINGS);
    private static final int GUARD_SAMPLES = 100;
    private static final int SAMPLES_A_REQUEST = 3;
    private static final int MOST_REQUESTS = 40;
    private static final int MOST_DELAY_NANOS = 8_000_000;

    /**
     * What came of it.
     *
     * @param kills of the process
     * @param torn starts after which the served model, or a counter, was not the twin's
     * @param mostLost acknowledged samples at one kill
     * @param interval the checkpoint interval, which the loss stays below
     * @param unsaid starts whose log does not name the checkpoint that was found
     * @param samples that board and twin have taken in the end
     * @param promotions in all
     */
    public record Outcome(int kills, int torn, long mostLost, int interval, int unsaid, long samples, long promotions) {
        public boolean holds() {
            return torn == 0 && unsaid == 0 && mostLost < interval;
        }
    }

    private final Path home;
    private final Path folder;
    private final SampleSet train;
    private final SampleSet test;
    private final SpikingNetwork network;
    private final AdaptationSettings settings = AdaptationSettings.parse(SETTINGS);
    private final AdaptationService twin;
    private long acknowledged;

    /**
     * @param home the root of the repository
     * @param folder new, for keys, data and log
     */
    public KilledAdaptation(Path home, Path folder) throws Exception {
        this.home = home;
        this.folder = folder;
        Path zoo = home.resolve("bench-rigs/zoo");
        Path digits = zoo.resolve("data/digits.h5");
        train = SampleSet.read(digits, "train");
        test = SampleSet.read(digits, "test");
        network = GuardedDigits.network(zoo, train);
        twin = AdaptationService.load(network, settings, Kernels.BEST);
    }

    /** @param tell takes a line after each kill */
    public Outcome run(int kills, long seed, Consumer<String> tell) throws Exception {
        install();
        Random random = new Random(seed);
        int torn = 0;
        int unsaid = 0;
        long mostLost = 0;
        KilledBoard board = KilledBoard.start(home, folder, OPTIONS);
        try {
            for (int kill = 1; kill <= kills; kill++) {
                KilledBoard doomed = board;
                acknowledged = doomed.client().status().learned();
                doomed.workUntilKilled(
                        () -> learnOnce(doomed.client()),
                        random.nextInt(MOST_REQUESTS),
                        random.nextInt(MOST_DELAY_NANOS));
                board = KilledBoard.start(home, folder, OPTIONS);
                long found = board.client().status().learned();
                long lost = Math.max(0, acknowledged - found);
                mostLost = Math.max(mostLost, lost);
                boolean isSaid = lastLogLine().contains("at sample " + found + "; up to");
                boolean isWhole = found >= twin.taken() && isTwin(board.client(), found);
                unsaid += isSaid ? 0 : 1;
                torn += isWhole ? 0 : 1;
                tell.accept("kill " + kill + ": acknowledged " + acknowledged + ", found " + found + ", lost " + lost
                        + (isWhole ? "" : ", TORN") + (isSaid ? "" : ", the log does not say so"));
            }
        } finally {
            board.close();
        }
        return new Outcome(
                kills,
                torn,
                mostLost,
                settings.checkpointInterval(),
                unsaid,
                twin.taken(),
                twin.report().promotions());
    }

    private void install() throws Exception {
        ImageKey.Private key = ImageKey.Private.generate();
        Path trusted = folder.resolve("board.pub.pem");
        key.publicKey().write(trusted);
        BoardProcess.provision(home, folder.resolve("data"), "killed", trusted);
        ModelImage image = ModelImage.unsigned(NetworkCodec.encode(network), Version.parse("1.0.0"))
                .sign(key);
        byte[] samples = Arrays.copyOf(test.samples(), GUARD_SAMPLES * test.sampleBytes());
        byte[] labels = Arrays.copyOf(test.labels(), GUARD_SAMPLES);
        try (KilledBoard board = KilledBoard.start(home, folder, OPTIONS)) {
            new Flasher(board.client()).flash(image, Progress.SILENT);
            board.client().adaptation().send(AdaptationClient.Memory.GUARD, samples, labels);
            board.client().adaptation().tell(AdaptationClient.Order.END_GUARD);
        }
        for (int i = 0; i < GUARD_SAMPLES; i++) {
            twin.guard(samples, test.offset(i), labels[i]);
        }
        twin.guardChanged();
    }

    private int index(long number) {
        return (int) (number % train.count());
    }

    private void learnOnce(BoardClient board) throws IOException {
        int bytes = train.sampleBytes();
        byte[] samples = new byte[SAMPLES_A_REQUEST * bytes];
        byte[] labels = new byte[SAMPLES_A_REQUEST];
        for (int k = 0; k < SAMPLES_A_REQUEST; k++) {
            int i = index(acknowledged + k);
            System.arraycopy(train.samples(), train.offset(i), samples, k * bytes, bytes);
            labels[k] = (byte) train.label(i);
        }
        acknowledged = board.learn(samples, labels, acknowledged).learned();
    }

    private boolean isTwin(BoardClient board, long taken) throws IOException {
        while (twin.taken() < taken) {
            int i = index(twin.taken());
            twin.learn(train.samples(), train.offset(i), train.label(i));
        }
        AdaptationStatus status = board.adaptation().status();
        return Arrays.equals(NetworkCodec.encode(twin.servedNetwork()), board.pullModel(Progress.SILENT))
                && status.candidateSamples() == twin.report().candidateSamples()
                && status.servedSamples() == twin.report().servedSamples()
                && status.promotions() == twin.report().promotions()
                && status.replaySamples() == twin.report().replaySamples();
    }

    /** The line that the last start wrote about what it found. */
    private String lastLogLine() throws IOException {
        return Files.readAllLines(folder.resolve("board.log")).stream()
                .filter(line -> line.contains("adapts from"))
                .reduce("", (_, last) -> last);
    }
}
