package io.spikelet.model;

/** Learning rules to and from their messages. */
final class LearningWire {
    private LearningWire() {}

    static io.spikelet.model.wire.LearningRule write(LearningRule rule) {
        var message = io.spikelet.model.wire.LearningRule.newBuilder()
                .addAllLayers(rule.layers())
                .setLearningRate(rule.learningRate())
                .setLogitGain(rule.logitGain())
                .setHalving(rule.halving());
        if (!rule.method().equals(LearningMethod.OTTT)) {
            message.setMethod(write(rule.method()));
        }
        return message.build();
    }

    private static io.spikelet.model.wire.LearningMethod write(LearningMethod method) {
        return io.spikelet.model.wire.LearningMethod.newBuilder()
                .setKindValue(method.kind().ordinal() + 1)
                .setPartsValue(method.parts().ordinal() + 1)
                .setFeedbackValue(method.feedback().ordinal() + 1)
                .setOptimiserValue(method.optimiser().ordinal() + 1)
                .setMomentum(method.momentum())
                .setEligibilityDecay(method.eligibilityDecay())
                .setClip(method.clip())
                .addAllLayerRates(method.layerRates())
                .setThresholdRate(method.thresholdRate())
                .setThresholdFloor(method.thresholdFloor())
                .setFlipLevel(method.flipLevel())
                .setFlipDecay(method.flipDecay())
                .setMembraneClip(method.membraneClip())
                .addAllExtrema(method.extrema().stream()
                        .map(ofLayer -> io.spikelet.model.wire.LayerExtrema.newBuilder()
                                .addAllExtrema(ofLayer)
                                .build())
                        .toList())
                .build();
    }

    static LearningRule read(io.spikelet.model.wire.LearningRule message) {
        return new LearningRule(
                message.getLayersList(),
                message.getLearningRate(),
                message.getLogitGain(),
                message.getHalving(),
                message.hasMethod() ? read(message.getMethod()) : LearningMethod.OTTT);
    }

    private static LearningMethod read(io.spikelet.model.wire.LearningMethod message) {
        return new LearningMethod(
                named(LearningMethod.Kind.values(), message.getKindValue(), "kind"),
                named(LearningMethod.Parts.values(), message.getPartsValue(), "parts"),
                named(LearningMethod.Feedback.values(), message.getFeedbackValue(), "feedback"),
                named(LearningMethod.Optimiser.values(), message.getOptimiserValue(), "optimiser"),
                message.getMomentum(),
                message.getEligibilityDecay(),
                message.getClip(),
                message.getLayerRatesList(),
                message.getThresholdRate(),
                message.getThresholdFloor(),
                message.getFlipLevel(),
                message.getFlipDecay(),
                message.getMembraneClip(),
                message.getExtremaList().stream()
                        .map(io.spikelet.model.wire.LayerExtrema::getExtremaList)
                        .toList());
    }

    /** The numbers of model.proto are the places of these enums, from 1. */
    private static <T> T named(T[] values, int number, String field) {
        Requirement.that(
                number >= 1 && number <= values.length,
                "its learning method has no " + field + ", or one that is not known");
        return values[number - 1];
    }
}
