package io.spikelet.bench.arrows;

import java.util.EnumSet;
import java.util.Set;

/** The table of docs/design.md: each module, its packages, and which of ours it may use. */
enum OurModule {
    FIXED_POINT("io.spikelet.fixedpoint", "io.spikelet.fixedpoint.."),
    MODEL_FORMAT("io.spikelet.model", "io.spikelet.model.."),
    HAL("io.spikelet.hal", "io.spikelet.hal.."),
    DEVICE_RUNTIME(
            "io.spikelet.device",
            "io.spikelet.adapt..",
            "io.spikelet.engine..",
            "io.spikelet.feature..",
            "io.spikelet.learn..",
            "io.spikelet.manage..",
            "io.spikelet.dut..",
            "io.spikelet.smp..",
            "io.spikelet.slots..",
            "io.spikelet.telemetry..",
            "io.spikelet.sparkplug..",
            "io.spikelet.device.."),
    HOST_TOOLS("io.spikelet.host", "io.spikelet.host.."),
    BENCH_RIGS("io.spikelet.bench", "io.spikelet.bench..");

    private final String moduleName;
    private final String[] packages;

    OurModule(String moduleName, String... packages) {
        this.moduleName = moduleName;
        this.packages = packages;
    }

    String moduleName() {
        return moduleName;
    }

    String[] packages() {
        return packages.clone();
    }

    /** What stands below; the hal stands on java.base alone. */
    Set<OurModule> mayUse() {
        Set<OurModule> below = EnumSet.noneOf(OurModule.class);
        for (OurModule other : values()) {
            if (this != HAL && other.compareTo(this) < 0) {
                below.add(other);
            }
        }
        return below;
    }

    Set<OurModule> users() {
        Set<OurModule> users = EnumSet.noneOf(OurModule.class);
        for (OurModule other : values()) {
            if (other.mayUse().contains(this)) {
                users.add(other);
            }
        }
        return users;
    }
}
