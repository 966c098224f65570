package io.spikelet.device.doctor;

/**
 * One thing that was looked for.
 *
 * @param topic one word, such as {@code i2c}
 * @param sentence what was found
 * @param advice what to do, or empty
 */
public record Finding(String topic, Mark mark, String sentence, String advice) {

    /** How it stands. */
    public enum Mark {
        /** There, and this user may use it. */
        OK,
        /** Not there; only those who want it need to do something. */
        ABSENT,
        /** There, but not as it should be: too old, too full, held back, or closed to this user. */
        AMISS
    }

    static Finding ok(String topic, String sentence) {
        return new Finding(topic, Mark.OK, sentence, "");
    }

    static Finding absent(String topic, String sentence, String advice) {
        return new Finding(topic, Mark.ABSENT, sentence, advice);
    }

    static Finding amiss(String topic, String sentence, String advice) {
        return new Finding(topic, Mark.AMISS, sentence, advice);
    }
}
