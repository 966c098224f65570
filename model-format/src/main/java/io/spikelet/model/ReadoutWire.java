package io.spikelet.model;

import io.spikelet.model.wire.Exit;
import io.spikelet.model.wire.ReadoutKind;

/** Readouts as messages. */
final class ReadoutWire {
    private ReadoutWire() {}

    static io.spikelet.model.wire.Readout write(Readout readout) {
        return io.spikelet.model.wire.Readout.newBuilder()
                .setKind(kind(readout.kind()))
                .setClasses(readout.classes())
                .setPopulation(readout.population())
                .setExit(Exit.newBuilder()
                        .setLastStep(readout.exit().lastStep())
                        .setMargin(readout.exit().margin())
                        .setPatience(readout.exit().patience()))
                .build();
    }

    private static ReadoutKind kind(Readout.Kind kind) {
        return switch (kind) {
            case COUNT -> ReadoutKind.READOUT_KIND_COUNT;
            case POTENTIAL -> ReadoutKind.READOUT_KIND_POTENTIAL;
            case FIRST_SPIKE -> ReadoutKind.READOUT_KIND_FIRST_SPIKE;
        };
    }

    static Readout read(io.spikelet.model.wire.Readout message) {
        Requirement.that(message.hasExit(), "exit is missing");
        Exit exit = message.getExit();
        return new Readout(
                kind(message),
                message.getClasses(),
                message.getPopulation(),
                new Readout.Exit(exit.getLastStep(), exit.getMargin(), exit.getPatience()));
    }

    private static Readout.Kind kind(io.spikelet.model.wire.Readout message) {
        return switch (message.getKind()) {
            case READOUT_KIND_COUNT -> Readout.Kind.COUNT;
            case READOUT_KIND_POTENTIAL -> Readout.Kind.POTENTIAL;
            case READOUT_KIND_FIRST_SPIKE -> Readout.Kind.FIRST_SPIKE;
            default -> throw WireValues.unknown("readout kind", message.getKindValue());
        };
    }
}
