package io.spikelet.smp;

/** The error numbers that belong to no group (Zephyr's {@code mcumgr_err_t}); each group may have its own besides. */
public final class SmpError {
    public static final int UNKNOWN = 1;
    public static final int NO_MEMORY = 2;
    public static final int INVALID = 3;
    public static final int TIMEOUT = 4;
    public static final int NO_ENTRY = 5;
    public static final int BAD_STATE = 6;
    public static final int MESSAGE_SIZE = 7;
    public static final int NOT_SUPPORTED = 8;
    public static final int CORRUPT = 9;
    public static final int BUSY = 10;
    public static final int ACCESS_DENIED = 11;
    public static final int VERSION_TOO_OLD = 12;
    public static final int VERSION_TOO_NEW = 13;

    private SmpError() {}

    /** What the number means, as words that follow "refused:". */
    public static String words(int rc) {
        return switch (rc) {
            case NO_MEMORY -> "not enough memory";
            case INVALID -> "the request is not valid";
            case TIMEOUT -> "it took too long";
            case NO_ENTRY -> "there is no such entry";
            case BAD_STATE -> "not possible in the present state";
            case MESSAGE_SIZE -> "the message is too large";
            case NOT_SUPPORTED -> "the board does not know this request";
            case CORRUPT -> "the data is corrupt";
            case BUSY -> "the board is busy, try again";
            case ACCESS_DENIED -> "not allowed";
            case VERSION_TOO_OLD -> "the protocol version is too old";
            case VERSION_TOO_NEW -> "the protocol version is too new";
            default -> "unknown error";
        };
    }
}
