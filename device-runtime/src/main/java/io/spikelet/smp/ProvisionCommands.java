package io.spikelet.smp;

/** Numbers of the group that changes what provisioning set (docs/wire.md). */
public final class ProvisionCommands {
    public static final int GROUP = 66;
    public static final int KEYS = 0;
    public static final int FACTORY_RESET = 1;

    public static final int ERROR_UNKNOWN = 1;
    public static final int ERROR_NOT_A_LIST = 2;
    public static final int ERROR_SIGNATURE = 3;
    public static final int ERROR_SEQUENCE = 4;
    public static final int ERROR_LAST_KEY = 5;
    public static final int ERROR_REVOKED = 6;
    public static final int ERROR_OTHER_NAME = 7;

    private ProvisionCommands() {}
}
