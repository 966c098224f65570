package io.spikelet.bench.agent;

import io.spikelet.bench.guard.GuardedDigits;
import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.Spread;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.broker.BrokerOptions;
import io.spikelet.host.broker.EmbeddedBroker;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.Flasher;
import io.spikelet.host.link.Inferences;
import io.spikelet.host.link.LinkSettings;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.Target;
import io.spikelet.host.quantise.SelfTestSamples;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Measures one installation with the demo's model: starts, answers over MQTT, memory, size. */
final class AgentRun {
    private static final String BOARD = "measured";
    private static final String USER = "measurer";
    private static final String PASSWORD = "only-on-this-machine";

    /** After the last inference, so that what compiling took is given back. */
    private static final int REST_SECONDS = 8;

    private final InstalledTree tree;
    private final Path folder;
    private final SampleSet samples;
    private final SpikingNetwork network;
    private final Path log;

    /**
     * @param zoo the folder {@code bench-rigs/zoo}
     * @param folder for keys, the board's data and its log
     */
    AgentRun(InstalledTree tree, Path zoo, Path folder) throws Exception {
        this.tree = tree;
        this.folder = folder;
        log = folder.resolve("agent.log");
        SampleSet train = SampleSet.read(zoo.resolve("data/digits.h5"), "train");
        samples = SampleSet.read(zoo.resolve("data/digits.h5"), "test");
        network = SelfTestSamples.record(
                GuardedDigits.network(zoo, train), Optional.of(train), SelfTestSamples.USUAL_COUNT);
    }

    /**
     * @param starts of each kind
     * @param inferences before memory is read
     * @param words what is measured, for people
     * @param emulated whether the process is an emulator
     */
    AgentFigures run(int starts, int inferences, String words, boolean emulated, Progress progress) throws Exception {
        install();
        long steps = 2L * starts + 1;
        double[] cold = new double[starts];
        double[] cached = new double[starts];
        tree.removeCache();
        for (int i = 0; i < starts; i++) {
            cold[i] = firstAnswer();
            progress.at(i + 1, steps);
        }
        tree.makeCache();
        for (int i = 0; i < starts; i++) {
            cached[i] = firstAnswer();
            progress.at(starts + i + 1, steps);
        }
        AgentFigures figures = serve(starts, inferences, words, emulated, Spread.of(cold), Spread.of(cached));
        progress.at(steps, steps);
        return figures;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void install() throws IOException {
        ImageKey.Private key = ImageKey.Private.generate();
        Path trusted = folder.resolve("board.pub.pem");
        key.publicKey().write(trusted);
        tree.run(List.of("provision", "--data", data().toString(), "--name", BOARD, "--key", trusted.toString()));
        ModelImage image = ModelImage.unsigned(NetworkCodec.encode(network), Version.parse("1.0.0"))
                .sign(key);
        try (RunningAgent agent = RunningAgent.start(tree, data(), log, List.of())) {
            new Flasher(agent.client()).flash(image, Progress.SILENT);
        }
    }

    private double firstAnswer() throws IOException {
        try (RunningAgent agent = RunningAgent.start(tree, data(), log, List.of())) {
            agent.infer(samples.first(1).samples(), 1);
            return agent.age();
        }
    }

    private AgentFigures serve(int starts, int inferences, String words, boolean emulated, Spread cold, Spread cached)
            throws Exception {
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        try (EmbeddedBroker broker = EmbeddedBroker.start(
                        BrokerOptions.forUser(USER, PASSWORD).withUser(BOARD, PASSWORD));
                RunningAgent agent = RunningAgent.start(tree, data(), log, mqtt(broker, password));
                BoardClient client = Links.open(
                        Target.parse("mqtt:" + broker.uri().getHost() + ":"
                                + broker.uri().getPort() + "/" + BOARD),
                        new LinkSettings(Optional.of(USER), Optional.of(password), Optional.empty()))) {
            Classifier classifier = Classifier.load(network);
            Inference predicted = Inference.forNetwork(network);
            List<Double> nanos = new ArrayList<>();
            int agreeing = 0;
            for (int done = 0; done < inferences; ) {
                int count = Math.min(samples.count(), inferences - done);
                byte[] bytes = samples.first(count).samples();
                Inferences answers = client.infer(bytes, count, null);
                for (int i = 0; i < count; i++) {
                    classifier.infer(bytes, i * samples.sampleBytes(), predicted);
                    agreeing += answers.agrees(i, predicted) ? 1 : 0;
                }
                Arrays.stream(answers.nanos()).forEach(time -> nanos.add((double) time));
                done += count;
            }
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            return new AgentFigures(
                    Machine.here(),
                    words,
                    starts,
                    cold,
                    cached,
                    inferences,
                    agreeing,
                    Spread.of(nanos.stream().mapToDouble(Double::doubleValue).toArray()),
                    emulated ? Optional.empty() : Optional.of(agent.resident()),
                    tree.size());
        }
    }

    private static List<String> mqtt(EmbeddedBroker broker, Path password) {
        return List.of(
                "--mqtt",
                "mqtt://" + broker.uri().getHost() + ":" + broker.uri().getPort(),
                "--mqtt-user",
                BOARD,
                "--mqtt-password-file",
                password.toString());
    }
}
