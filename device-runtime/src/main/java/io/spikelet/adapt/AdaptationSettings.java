package io.spikelet.adapt;

/**
 * What adaptation may do, and how often. Shares and margins are in 1/{@value #WHOLE}.
 *
 * @param guardMargin what of its accuracy on the guard set the served model may lose against the image's own
 * @param evaluationInterval labelled samples between two evaluations of the candidate
 * @param checkpointInterval labelled samples between two checkpoints: what a power cut may cost
 * @param changeBudget mean change of a layer's weights from the image's own, in 1/256 of a weight LSB, that a model may
 *     have when it is promoted
 * @param lastLayers how many of the layers that the image lets learn may change, counted from the output; 0 for all
 * @param selfLabelMargin how far an answer must stand out to serve as its own label, in 1/256 of the reference's mean
 *     margin; 0 for never
 * @param replays samples learned again from the replay memory with each new one
 * @param holdOut one labelled sample in so many is not learned but tells candidate and served model apart; 0 for none
 * @param guardShare one labelled sample in so many goes into the guard set while that has places and the host gave it
 *     nothing; 0 for none
 * @param trust least share of a guard set from the stream that the image's own answers must agree with, for the set to
 *     judge anything: labels that the image mostly denies are wrong, or of a world that a host has to vouch for
 * @param leastAgreement share of the recent inputs on which candidate and served model must agree where too few labels
 *     tell which is better
 * @param replayBytes of the replay memory
 * @param guardBytes of the guard set
 * @param recentBytes of the recent inputs, which labels by id may name, and as much again of those held out
 */
public record AdaptationSettings(
        int guardMargin,
        int evaluationInterval,
        int checkpointInterval,
        int changeBudget,
        int lastLayers,
        int selfLabelMargin,
        int replays,
        int holdOut,
        int guardShare,
        int trust,
        int leastAgreement,
        int replayBytes,
        int guardBytes,
        int recentBytes) {

    /** 1.0 of a share or an accuracy. */
    public static final int WHOLE = 10_000;

    /** What a board adapts with unless it is told otherwise. */
    public static final AdaptationSettings DEFAULT =
            new AdaptationSettings(200, 32, 32, 8 * 256, 0, 0, 2, 8, 8, 5000, 5000, 256 << 10, 128 << 10, 64 << 10);

    private static final int MOST_SAMPLES = 1 << 20;
    private static final int MOST_BYTES = 64 << 20;

    public AdaptationSettings {
        require("margin", guardMargin, 0, WHOLE);
        require("interval", evaluationInterval, 1, MOST_SAMPLES);
        require("checkpoint", checkpointInterval, 1, MOST_SAMPLES);
        require("budget", changeBudget, 1, 254 * 256);
        require("layers", lastLayers, 0, 1 << 10);
        require("self", selfLabelMargin, 0, 1 << 16);
        require("replays", replays, 0, 64);
        require("holdout", holdOut, 0, MOST_SAMPLES);
        require("guardshare", guardShare, 0, MOST_SAMPLES);
        require("trust", trust, 0, WHOLE);
        require("agreement", leastAgreement, 0, WHOLE);
        require("replaybytes", replayBytes, 1, MOST_BYTES);
        require("guardbytes", guardBytes, 1, MOST_BYTES);
        require("recentbytes", recentBytes, 1, MOST_BYTES);
        if (holdOut == 1 || guardShare == 1) {
            throw new IllegalArgumentException(
                    "holdout and guardshare are 0 or 2 and more, for 1 would leave nothing to learn");
        }
    }

    /**
     * Reads settings that differ from {@link #DEFAULT}, such as {@code margin=300,interval=64}; the words are those of
     * docs/adaptation-service.md.
     *
     * @throws IllegalArgumentException with a sentence for a person when a word is unknown or a number out of range
     */
    public static AdaptationSettings parse(String text) {
        AdaptationSettings settings = DEFAULT;
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "a setting of adaptation is WORD=NUMBER, separated by commas, not \"" + part + "\"");
            }
            settings = settings.with(part.substring(0, equals), number(part.substring(equals + 1), part));
        }
        return settings;
    }

    private static int number(String digits, String part) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a setting of adaptation is a whole number, not \"" + part + "\"", e);
        }
    }

    /** The same with one setting changed. */
    public AdaptationSettings with(String word, int n) {
        int[] all = {
            guardMargin,
            evaluationInterval,
            checkpointInterval,
            changeBudget,
            lastLayers,
            selfLabelMargin,
            replays,
            holdOut,
            guardShare,
            trust,
            leastAgreement,
            replayBytes,
            guardBytes,
            recentBytes
        };
        all[index(word)] = n;
        return new AdaptationSettings(
                all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8], all[9], all[10], all[11],
                all[12], all[13]);
    }

    private static int index(String word) {
        return switch (word) {
            case "margin" -> 0;
            case "interval" -> 1;
            case "checkpoint" -> 2;
            case "budget" -> 3;
            case "layers" -> 4;
            case "self" -> 5;
            case "replays" -> 6;
            case "holdout" -> 7;
            case "guardshare" -> 8;
            case "trust" -> 9;
            case "agreement" -> 10;
            case "replaybytes" -> 11;
            case "guardbytes" -> 12;
            case "recentbytes" -> 13;
            default ->
                throw new IllegalArgumentException("there is no setting \"" + word
                        + "\"; those there are: margin, interval, checkpoint, budget, layers, self, replays, holdout,"
                        + " guardshare, trust, agreement, replaybytes, guardbytes, recentbytes");
        };
    }

    private static void require(String word, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "adaptation setting " + word + " must be " + least + ".." + most + ": " + word + "=" + value);
        }
    }
}
