package io.spikelet.bench.metrics;

import java.util.List;

/**
 * What a published model says that one inference takes: never a measurement, and never without the model's name.
 *
 * @param model its name
 * @param microjoules an inference
 * @param parts whose sum that is
 * @param source the model's figures and where they come from
 * @param leavesOut what takes energy too and is not in it
 */
public record ModelledEnergy(String model, double microjoules, List<Part> parts, String source, String leavesOut) {

    /** One part of it, µJ an inference. */
    public record Part(String name, double microjoules) {}

    public ModelledEnergy {
        parts = List.copyOf(parts);
    }

    static ModelledEnergy of(String model, List<Part> parts, String source, String leavesOut) {
        return new ModelledEnergy(
                model, parts.stream().mapToDouble(Part::microjoules).sum(), parts, source, leavesOut);
    }
}
