package io.spikelet.host.cli;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.lava.LavaNet;
import io.spikelet.host.lava.LavaNetwork;
import io.spikelet.host.lava.LavaRun;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.report.Evaluation;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Provenance;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What {@code quantise} makes of a network that is integers already: nothing is rounded, so there is nothing to
 * calibrate and no float network to compare with.
 *
 * @param notes what a person should know, one sentence each
 * @param evaluation what it answers to the samples, where there are any
 */
record IntegerNetwork(SpikingNetwork network, List<String> notes, Optional<Evaluation> evaluation) {
    /** Options that mean something for real numbers only. */
    private static final List<String> REAL_OPTIONS = List.of(
            "--profile",
            "--dt",
            "--count-maximum",
            "--learning-rate",
            "--logit-gain",
            "--weights",
            "--rounding",
            "--one-scale",
            "--powers-of-two");

    /** @throws IllegalArgumentException naming an option that was given and that integers cannot follow */
    static void refuseRealOptions(CommandSpec verb, Path model) {
        for (String option : REAL_OPTIONS) {
            if (verb.findOption(option) != null
                    && verb.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new IllegalArgumentException(
                        option + " is for models of real numbers; " + model + " is integers and is taken as it is");
            }
        }
    }

    static IntegerNetwork of(LavaNet net, LavaRun run, Optional<SampleSet> samples, Progress progress)
            throws QuantiseException, MalformedDataException {
        LavaNetwork.Taken taken = LavaNetwork.of(net, run);
        if (samples.isEmpty()) {
            return new IntegerNetwork(taken.network(), taken.notes(), Optional.empty());
        }
        Evaluation evaluation = Evaluation.ofInteger(taken.network(), samples.get(), progress);
        SpikingNetwork measured = taken.network()
                .withProvenance(new Provenance(
                        net.digest(),
                        samples.get().digest(),
                        taken.network().provenance().tool(),
                        Double.NaN,
                        evaluation.accuracy().share()));
        return new IntegerNetwork(measured, taken.notes(), Optional.of(evaluation));
    }

    String lines() {
        StringBuilder text = new StringBuilder(network.name() + ": integers, taken as they are; "
                + network.layers().size() + " layers, " + network.timeSteps() + " time steps, encoder "
                + network.encoder().word() + ", " + network.readout().classes() + " classes of "
                + network.readout().population() + " neurons\n");
        evaluation.ifPresent(found -> text.append(String.format(
                Locale.ROOT,
                "accuracy %s; %.1f spikes and %.0f synaptic operations per inference%n",
                found.accuracy(),
                found.spikesPerInference(),
                found.operationsPerInference())));
        notes.forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString().stripTrailing();
    }

    String json() {
        return Json.object(json -> {
            json.writeStringField("name", network.name());
            json.writeStringField("profile", network.discretisation().profile());
            json.writeNumberField("layers", network.layers().size());
            json.writeNumberField("time_steps", network.timeSteps());
            json.writeNumberField("classes", network.readout().classes());
            json.writeNumberField("population", network.readout().population());
            if (evaluation.isPresent()) {
                json.writeNumberField("accuracy", evaluation.get().accuracy().share());
                json.writeNumberField("samples", evaluation.get().accuracy().count());
                json.writeNumberField("spikes_per_inference", evaluation.get().spikesPerInference());
                json.writeNumberField(
                        "synaptic_operations_per_inference", evaluation.get().operationsPerInference());
            }
            json.writeArrayFieldStart("notes");
            for (String note : notes) {
                json.writeString(note);
            }
            json.writeEndArray();
        });
    }
}
