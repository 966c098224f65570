package io.spikelet.smp;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request as a group sees it. Each accessor refuses a missing field or one of another type with "not valid"
 * (rc 3); keys that nobody asks for are ignored, since clients add their own.
 *
 * @param operation {@link SmpHeader#READ} or {@link SmpHeader#WRITE}
 * @param fields as {@link Cbor#decode} makes them
 */
public record SmpRequest(int version, int operation, int group, int command, Map<String, Object> fields) {

    public boolean isWrite() {
        return operation == SmpHeader.WRITE;
    }

    /** Refuses the request unless it is a read. */
    public void requireRead() throws SmpException {
        if (isWrite()) {
            throw SmpException.notSupported(this);
        }
    }

    /** Refuses the request unless it is a write. */
    public void requireWrite() throws SmpException {
        if (!isWrite()) {
            throw SmpException.notSupported(this);
        }
    }

    /** The integer {@code key}, which must be 0..{@code max}. */
    public long integer(String key, long max) throws SmpException {
        return inRange(key, required(key, Long.class, "an integer"), max);
    }

    public OptionalLong optionalInteger(String key, long max) throws SmpException {
        Long value = typed(key, Long.class, "an integer");
        return value == null ? OptionalLong.empty() : OptionalLong.of(inRange(key, value, max));
    }

    public byte[] bytes(String key) throws SmpException {
        return required(key, byte[].class, "bytes");
    }

    public Optional<byte[]> optionalBytes(String key) throws SmpException {
        return Optional.ofNullable(typed(key, byte[].class, "bytes"));
    }

    public String text(String key) throws SmpException {
        return required(key, String.class, "a text");
    }

    public Optional<String> optionalText(String key) throws SmpException {
        return Optional.ofNullable(typed(key, String.class, "a text"));
    }

    /** The boolean {@code key}, or {@code absent} when the request has none. */
    public boolean flag(String key, boolean absent) throws SmpException {
        Boolean value = typed(key, Boolean.class, "a boolean");
        return value == null ? absent : value;
    }

    private <T> T required(String key, Class<T> type, String kind) throws SmpException {
        T value = typed(key, type, kind);
        if (value == null) {
            throw SmpException.general(SmpError.INVALID, "the request lacks \"" + key + "\", " + kind);
        }
        return value;
    }

    /** A null in the map counts as absent. */
    private <T> T typed(String key, Class<T> type, String kind) throws SmpException {
        Object value = fields.get(key);
        if (value == null) {
            return null;
        }
        if (!type.isInstance(value)) {
            throw SmpException.general(SmpError.INVALID, "\"" + key + "\" must be " + kind);
        }
        return type.cast(value);
    }

    private static long inRange(String key, long value, long max) throws SmpException {
        if (value < 0 || value > max) {
            throw SmpException.general(SmpError.INVALID, "\"" + key + "\" must be 0.." + max + ": " + value);
        }
        return value;
    }
}
