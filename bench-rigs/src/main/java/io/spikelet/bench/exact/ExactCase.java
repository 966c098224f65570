package io.spikelet.bench.exact;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Engine;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.engine.Offload;
import io.spikelet.hal.attach.CoProcessors;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.learn.Learner;
import io.spikelet.learn.NotLearnableException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One network and the samples that it answers, or learns from.
 *
 * @param name for a person
 * @param samples (count, sample) unsigned bytes
 * @param learns whether what it learns from the samples is compared, and not what it answers; the label of each is its
 *     index modulo the classes
 * @param on the words of devices that its layers are placed on, one way of running it for each; a learning case has none
 */
record ExactCase(String name, SpikingNetwork network, byte[] samples, boolean learns, List<String> on) {

    /** One way of running the network: on kernels, or with layers on devices. */
    private record Contestant(String name, Kernels kernels, int threads, String on) {
        private Contestant(String name, Kernels kernels, int threads) {
            this(name, kernels, threads, null);
        }
    }

    /**
     * What the ways of running it gave.
     *
     * @param digest SHA-256 of the reference's answers, or of all that its learner has learned
     * @param differing names of the ways that have another digest
     * @param ways how many were run
     * @param spikes of the reference over all samples
     * @param placements where layers lay, in words, one for each way on devices
     */
    record Outcome(String digest, List<String> differing, int ways, long spikes, List<String> placements) {}

    private List<Contestant> contestants() {
        List<Contestant> all = new ArrayList<>();
        all.add(new Contestant("reference", Kernels.REFERENCE, 1));
        all.add(new Contestant("swar", Kernels.SWAR, 1));
        if (!learns) {
            all.add(new Contestant("swar on 2 threads", Kernels.SWAR, 2));
        }
        if (Kernels.VECTOR.isPresent()) {
            all.add(new Contestant("vector", Kernels.VECTOR, 1));
        }
        if (Kernels.VECTOR.isPresent() && !learns) {
            all.add(new Contestant("vector on 2 threads", Kernels.VECTOR, 2));
        }
        for (String words : on) {
            all.add(new Contestant(words, Kernels.REFERENCE, 1, words));
        }
        return all;
    }

    int count() {
        return samples.length / network.sampleBytes();
    }

    /** Runs every sample on every family of kernels that this JVM has. */
    Outcome run() throws MalformedDataException, NotLearnableException, IOException, CoProcessorException {
        List<String> placements = new ArrayList<>();
        String reference = null;
        long spikes = 0;
        List<String> differing = new ArrayList<>();
        List<Contestant> contestants = contestants();
        for (Contestant contestant : contestants) {
            AnswerDigest found = new AnswerDigest();
            if (learns) {
                learn(contestant, found);
            } else if (contestant.on() != null) {
                placements.add(answerOn(contestant.on(), found));
            } else {
                answer(contestant, found);
            }
            String digest = HexFormat.of().formatHex(found.digest());
            if (reference == null) {
                reference = digest;
                spikes = found.spikes();
            } else if (!digest.equals(reference)) {
                differing.add(contestant.name());
            }
        }
        return new Outcome(reference, differing, contestants.size(), spikes, placements);
    }

    private void learn(Contestant contestant, AnswerDigest found) throws MalformedDataException, NotLearnableException {
        Learner learner = Learner.load(Classifier.load(network, contestant.kernels()), Learner.BOARD_SEED);
        Inference answer = Inference.forNetwork(network);
        for (int i = 0; i < count(); i++) {
            learner.learn(
                    samples, i * network.sampleBytes(), i % network.readout().classes(), answer);
            found.addCounts(answer.spikes(), answer.synapticOperations());
        }
        found.add(learner.state());
    }

    private void answer(Contestant contestant, AnswerDigest found) throws MalformedDataException {
        try (Engine engine = Engine.load(network, contestant.kernels(), contestant.threads())) {
            for (int i = 0; i < count(); i++) {
                answer(engine, i, found);
            }
        }
    }

    /** @return which layers lay on devices, and what kept the first of the others */
    private String answerOn(String words, AnswerDigest found)
            throws MalformedDataException, IOException, CoProcessorException {
        List<CoProcessor> devices = CoProcessors.open(words, network.layers().size());
        try {
            Offload offload = Offload.plan(network, devices, Offload.Policy.STOP);
            if (offload.placements().stream().allMatch(placement -> placement.device().isEmpty())) {
                throw new IllegalArgumentException("--on " + words + ": no layer of " + network.name()
                        + " goes there, so there is nothing to compare; "
                        + offload.placements().getFirst().refusals().getFirst());
            }
            offload.program();
            try (Engine engine = Engine.load(offload)) {
                for (int i = 0; i < count(); i++) {
                    answer(engine, i, found);
                }
            }
            List<Offload.Placement> placements = offload.placements();
            List<Offload.Placement> kept = placements.stream()
                    .filter(placement -> placement.device().isEmpty())
                    .toList();
            return words + ": " + (placements.size() - kept.size()) + " of " + placements.size()
                    + " layers with weights on devices"
                    + (kept.isEmpty()
                            ? ""
                            : "; layer " + kept.getFirst().name() + " stays, "
                                    + kept.getFirst().refusals().getFirst());
        } finally {
            devices.forEach(CoProcessor::close);
        }
    }

    private void answer(Engine engine, int sample, AnswerDigest answers) {
        int length = network.sampleBytes();
        engine.reset();
        for (int t = 0; t < network.timeSteps(); t++) {
            engine.step(samples, sample * length + t * network.frameStride());
            answers.add(engine.values(network.layers().size() - 1));
        }
        answers.addCounts(engine.spikes(), engine.synapticOperations());
    }
}
