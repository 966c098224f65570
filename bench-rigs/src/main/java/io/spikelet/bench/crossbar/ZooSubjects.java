package io.spikelet.bench.crossbar;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Networks of the repository's zoo, quantised as `spikelet quantise` does by itself. */
final class ZooSubjects {
    private final Path zoo;
    private final SampleSet samples;

    /** @param zoo the folder of the models */
    ZooSubjects(Path zoo, SampleSet samples) {
        this.zoo = zoo;
        this.samples = samples;
    }

    /** The network of {@code fashion_steps.py} that has so many time steps; it was trained for some T. */
    Optional<Subject> ofSteps(int steps) throws Exception {
        String file = "fashion-steps-" + steps;
        return Files.exists(zoo.resolve(file + ".nir"))
                ? Optional.of(subject("convolutions", file, Profile.SNNTORCH, steps))
                : Optional.empty();
    }

    /** One time step, five convolutions. */
    Subject oneStep() throws Exception {
        return subject("fashion-onestep", "fashion-onestep", Profile.SNNTORCH, 1);
    }

    /** Four time steps, residual. */
    Subject residual() throws Exception {
        return subject("fashion-sew", "fashion-sew", Profile.named("subtract"), 4);
    }

    private Subject subject(String group, String file, Profile profile, int steps) throws Exception {
        Graph graph = GraphFiles.read(zoo.resolve(file + ".nir"));
        InferenceSettings settings = new InferenceSettings(
                profile,
                Profile.DEFAULT_DT,
                steps,
                Encoder.DIRECT,
                new Readout(Readout.Kind.POTENTIAL, samples.classes(), 1, Readout.Exit.NEVER));
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of(file, settings, samples.fullScale()));
        return Subject.of(group, network, samples);
    }
}
