package io.spikelet.manage;

import java.util.Locale;

/** The parts of the agent that write to its log, by package; numbers from 64 are an application's own in Newt. */
public enum LogModule {
    DEVICE(64),
    SLOTS(65),
    SMP(66),
    TELEMETRY(67),
    ADAPT(68),
    HAL(69),
    ENGINE(70),
    MANAGE(71);

    private static final String ROOT = "io.spikelet.";

    private final int number;

    LogModule(int number) {
        this.number = number;
    }

    /** 64..255. */
    public int number() {
        return number;
    }

    /** Whose logger has this name; {@link #DEVICE} for one of a package that is not listed. */
    public static LogModule ofLogger(String logger) {
        for (LogModule module : values()) {
            if (logger.startsWith(ROOT + module.name().toLowerCase(Locale.ROOT) + ".")) {
                return module;
            }
        }
        return DEVICE;
    }
}
