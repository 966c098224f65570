package io.spikelet.smp;

/** The numbers of the group of a model that adapts. docs/wire.md has the fields of each command. */
public final class AdaptationCommands {
    public static final int GROUP = 65;

    public static final int STATUS = 0;
    public static final int LABEL = 1;
    public static final int REWARD = 2;
    public static final int SAMPLES = 3;
    public static final int CONTROL = 4;

    public static final int ERROR_UNKNOWN = 1;
    public static final int ERROR_WRONG_POSITION = 2;
    public static final int ERROR_OFF = 3;
    public static final int ERROR_UNKNOWN_INPUT = 4;

    private AdaptationCommands() {}
}
