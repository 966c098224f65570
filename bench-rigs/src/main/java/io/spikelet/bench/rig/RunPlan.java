package io.spikelet.bench.rig;

import io.spikelet.host.data.SampleSet;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be found out.
 *
 * @param dut as a person wrote it
 * @param modes one or more
 * @param samples for accuracy
 * @param inputs for windows
 * @param imageFile where that image lies
 * @param image that the device runs, where that is known
 * @param network in it
 * @param meter as a person wrote it; empty where nobody did
 */
record RunPlan(
        String dut,
        Set<Mode> modes,
        Optional<SampleSet> samples,
        Inputs inputs,
        Optional<Path> imageFile,
        Optional<ModelImage> image,
        Optional<SpikingNetwork> network,
        WindowRules rules,
        EnergyPlan energy,
        String meter) {
    RunPlan {
        modes = EnumSet.copyOf(modes);
    }

    Optional<Manifest.ImageFacts> imageFacts() {
        return image.map(known -> Manifest.ImageFacts.of(imageFile.orElseThrow(), known, network.orElseThrow()));
    }

    List<Mode> modesInOrder() {
        return List.copyOf(modes);
    }
}
