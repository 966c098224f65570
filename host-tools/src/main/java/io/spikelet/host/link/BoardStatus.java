package io.spikelet.host.link;

import java.io.IOException;
import java.util.OptionalDouble;

/**
 * What a board says of itself.
 *
 * @param name the device's name
 * @param serving false while no model serves; the fields of the model are then empty and 0
 * @param model the model's name
 * @param hash of the image that serves, as in {@link SlotState}
 * @param learned samples it learned since the image was flashed or the learning was reset
 * @param securityCounter the least counter of an image that the board still takes
 * @param timeSteps T of one inference
 * @param sampleBytes bytes of one sample
 * @param temperature °C, when the board can measure it
 * @param temperatureSource what measured it
 * @param energySource what measures or models the board's energy
 * @param inferences since the start
 * @param devices where layers on co-processors are and how those are; empty where the processor computes all
 */
public record BoardStatus(
        String name,
        boolean serving,
        String model,
        byte[] hash,
        long learned,
        long securityCounter,
        int timeSteps,
        int sampleBytes,
        int classes,
        OptionalDouble temperature,
        String temperatureSource,
        String energySource,
        long inferences,
        String devices) {

    static final String SERVING = "serving";

    static BoardStatus of(SmpReply reply) throws IOException {
        return new BoardStatus(
                reply.text("name"),
                reply.text("state").equals(SERVING),
                reply.text("model", ""),
                reply.optionalBytes("hash").orElse(new byte[0]),
                reply.optionalInteger("learned").orElse(0),
                reply.optionalInteger("counter").orElse(0),
                reply.integer("steps", Integer.MAX_VALUE, 0),
                reply.integer("input", Integer.MAX_VALUE, 0),
                reply.integer("classes", Integer.MAX_VALUE, 0),
                reply.optionalNumber("temp"),
                reply.text("tempsrc", ""),
                reply.text("energysrc", ""),
                reply.optionalInteger("inferences").orElse(0),
                reply.text("devices", ""));
    }
}
