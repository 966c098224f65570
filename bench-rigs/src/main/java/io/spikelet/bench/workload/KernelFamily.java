package io.spikelet.bench.workload;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Kernels;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The engine's families of kernels: the one place here that knows how a family is chosen. */
public enum KernelFamily {
    REFERENCE(Kernels.REFERENCE),
    SWAR(Kernels.SWAR),
    VECTOR(Kernels.VECTOR);

    private final Kernels kernels;

    KernelFamily(Kernels kernels) {
        this.kernels = kernels;
    }

    /** Those that this JVM can run, the defining one first. */
    public static List<KernelFamily> available() {
        return Arrays.stream(values())
                .filter(family -> family.kernels.isPresent())
                .toList();
    }

    /** The last of {@link #available}. */
    public static KernelFamily fastest() {
        return available().getLast();
    }

    /** @throws IllegalArgumentException when the network does not hold what it declares */
    public Classifier load(SpikingNetwork network) {
        try {
            return Classifier.load(network, kernels);
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException("a network that benchmarks run must be sound: " + e.getMessage(), e);
        }
    }

    /** As people write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
