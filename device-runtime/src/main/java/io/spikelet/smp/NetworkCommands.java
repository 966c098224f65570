package io.spikelet.smp;

/** The numbers of our own group: the network that a board serves. docs/wire.md has the fields of each command. */
public final class NetworkCommands {
    public static final int GROUP = 64;

    public static final int INFER = 0;
    public static final int LEARN = 1;
    public static final int LEARN_CONTROL = 2;
    public static final int MODEL = 3;
    public static final int STATUS = 4;

    /** Samples of one infer or learn request. */
    public static final int MAX_SAMPLES = 64;

    public static final int ERROR_UNKNOWN = 1;
    public static final int ERROR_WRONG_POSITION = 2;
    public static final int ERROR_NOT_SERVING = 3;
    public static final int ERROR_SAMPLE_SIZE = 4;
    public static final int ERROR_LABEL = 5;
    public static final int ERROR_DOES_NOT_LEARN = 6;
    public static final int ERROR_BUSY = 7;
    public static final int ERROR_DEVICE_FAILED = 8;

    private NetworkCommands() {}
}
