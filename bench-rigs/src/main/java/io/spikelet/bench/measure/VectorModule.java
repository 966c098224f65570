package io.spikelet.bench.measure;

import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;

/** Whether a measuring JVM is given {@code jdk.incubator.vector}, and its other flags. */
public enum VectorModule {
    ON("with vectors"),
    OFF("plain Java");

    private static final String NAME = "jdk.incubator.vector";

    private static final List<String> FLAGS = List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final String label;

    VectorModule(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** What this JVM was given. */
    public static VectorModule here() {
        return ModuleLayer.boot().findModule(NAME).isPresent() ? ON : OFF;
    }

    /** What this Java has to offer, vectors first. */
    public static List<VectorModule> offered() {
        return ModuleFinder.ofSystem().find(NAME).isPresent() ? List.of(ON, OFF) : List.of(OFF);
    }

    /**
     * Flags of a JVM that measures: one collecting thread, so that nothing runs beside what is timed, and room enough
     * that it hardly collects.
     */
    public List<String> flags() {
        List<String> flags = new ArrayList<>(FLAGS);
        if (this == ON) {
            flags.add("--add-modules=" + NAME);
        }
        return flags;
    }
}
