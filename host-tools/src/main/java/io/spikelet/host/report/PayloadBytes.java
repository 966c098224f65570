package io.spikelet.host.report;

import com.google.protobuf.CodedOutputStream;
import io.spikelet.model.AttentionGate;
import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Delay;
import io.spikelet.model.Encoder;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Layer;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * What the bytes of an image's payload are for, exactly: the parts add up to the payload. A part is what its values take;
 * what frames them, names and shapes are the rest.
 *
 * @param parts by kind, in the order of a reader's interest; none is 0 but the rest may be
 */
public record PayloadBytes(List<Part> parts) {
    /** What is left when all values are taken off. */
    public static final String REST = "names, shapes, framing";

    private static final String SCALES = "weight scales";
    private static final String THRESHOLDS = "thresholds";
    private static final String LEAKS = "leaks and offsets";
    private static final String DRIVES = "gains and biases";
    private static final String UNITS = "membrane units";
    private static final String TABLES = "tables";

    /** One kind of bytes. */
    public record Part(String kind, long bytes) {}

    public PayloadBytes {
        parts = List.copyOf(parts);
    }

    /** The whole payload. */
    public long total() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    public static PayloadBytes of(SpikingNetwork network) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (WeightKind kind : WeightKind.values()) {
            bytes.put(weights(kind), 0L);
        }
        for (String kind : List.of(SCALES, THRESHOLDS, LEAKS, DRIVES, UNITS, TABLES)) {
            bytes.put(kind, 0L);
        }
        network.layers().forEach(layer -> add(bytes, layer));
        switch (network.encoder()) {
            case Encoder.Latency latency -> add(bytes, TABLES, unsigned(latency.step()));
            case Encoder.SpikeTimes times -> add(bytes, TABLES, unsigned(times.time()));
            default -> {}
        }
        long said = bytes.values().stream().mapToLong(Long::longValue).sum();
        bytes.put(REST, NetworkCodec.encode(network).length - said);
        return new PayloadBytes(bytes.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new Part(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static String weights(WeightKind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + " weights";
    }

    private static void add(Map<String, Long> bytes, String kind, long more) {
        bytes.merge(kind, more, Long::sum);
    }

    private static void add(Map<String, Long> bytes, Layer layer) {
        switch (layer.operation()) {
            case Operation.Dense dense -> weighted(bytes, dense.kind(), dense.weights().length, dense.scale().length);
            case Operation.Conv2d conv -> weighted(bytes, conv.kind(), conv.weights().length, conv.scale().length);
            case AttentionGate gate ->
                add(
                        bytes,
                        weights(WeightKind.INT8),
                        (long) gate.spatialWeights().length + gate.squeeze().length + gate.excite().length);
            case Operation.Neuron neuron -> neuron(bytes, neuron);
            case FirstSpike neuron -> {
                add(bytes, THRESHOLDS, signed(neuron.threshold()));
                drives(bytes, neuron.drives());
            }
            case CurrentAdd stream -> drives(bytes, stream.drives());
            case Delay delay -> add(bytes, TABLES, unsigned(delay.steps()));
            default -> {}
        }
    }

    private static void weighted(Map<String, Long> bytes, WeightKind kind, int weights, int scales) {
        add(bytes, weights(kind), ((long) weights * kind.bits() + Byte.SIZE - 1) / Byte.SIZE);
        add(bytes, SCALES, (long) Float.BYTES * scales);
    }

    private static void neuron(Map<String, Long> bytes, Operation.Neuron neuron) {
        add(bytes, THRESHOLDS, signed(neuron.threshold()));
        for (int[] values : List.of(neuron.synapticLeak(), neuron.a0(), neuron.b0(), neuron.a1(), neuron.b1())) {
            add(bytes, LEAKS, signed(values));
        }
        add(bytes, UNITS, (long) Float.BYTES * neuron.membraneUnit().length);
        drives(bytes, neuron.drives());
    }

    private static void drives(Map<String, Long> bytes, List<Operation.Drive> drives) {
        for (Operation.Drive drive : drives) {
            add(bytes, DRIVES, signed(drive.gain()) + signed(drive.bias()));
        }
    }

    private static long signed(int[] values) {
        return sum(values, CodedOutputStream::computeSInt32SizeNoTag);
    }

    private static long unsigned(int[] values) {
        return sum(values, CodedOutputStream::computeUInt32SizeNoTag);
    }

    private static long sum(int[] values, IntUnaryOperator size) {
        long sum = 0;
        for (int value : values) {
            sum += size.applyAsInt(value);
        }
        return sum;
    }
}
