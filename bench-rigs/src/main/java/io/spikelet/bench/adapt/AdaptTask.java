package io.spikelet.bench.adapt;

import java.util.ArrayList;
import java.util.List;

/** The two questions that are asked, and what is promised of each. */
enum AdaptTask {
    /** Muscle signals over days. */
    EMG(40) {
        @Override
        List<Claim> claims(AdaptResult result) {
            List<Claim> claims = new ArrayList<>();
            boolean few = result.courses().getFirst().course().classes() <= FEW_MOTIONS;
            claims.add(new Claim(
                    "same day",
                    100 * result.sameDay(Method.FROZEN.label()),
                    false,
                    few ? SAME_DAY_FEW : SAME_DAY_MANY));
            for (String group : result.groups()) {
                double adapted = 100 * result.mean(Method.ADAPTED.label(), group);
                if (!few) {
                    claims.add(new Claim("adapted, placement " + group, adapted, false, ADAPTED_MANY));
                }
                if (result.methods().contains(PythonControls.REFIT)) {
                    claims.add(new Claim(
                            "adapted, placement " + group + ", beside the refit minus 2",
                            adapted,
                            false,
                            100 * result.mean(PythonControls.REFIT, group) - POINTS));
                } else if (few) {
                    // No number is at least NaN: what was not looked at does not hold.
                    claims.add(new Claim(
                            "adapted, placement " + group + ", beside the refit minus 2: not checked, give --python",
                            adapted,
                            false,
                            Double.NaN));
                }
                claims.add(shuffled(result, group));
            }
            claims.add(fall("fall on day 1", result));
            return claims;
        }
    },

    /** Digits of a new speaker. */
    FSDD(10) {
        @Override
        List<Claim> claims(AdaptResult result) {
            List<Claim> claims = new ArrayList<>();
            for (String group : result.groups()) {
                claims.add(new Claim(
                        "adapted, " + group, 100 * result.mean(Method.ADAPTED.label(), group), false, SPEAKERS));
                claims.add(shuffled(result, group));
            }
            claims.add(fall("fall on the other speakers", result));
            return claims;
        }
    };

    private static final int FEW_MOTIONS = 8;
    private static final double SAME_DAY_FEW = 95;
    private static final double SAME_DAY_MANY = 80;
    private static final double ADAPTED_MANY = 74;
    private static final double SPEAKERS = 85;

    /** What may be lost. */
    private static final double POINTS = 2;

    private final int passesBefore;

    AdaptTask(int passesBefore) {
        this.passesBefore = passesBefore;
    }

    /** Over what a network is trained from: few recordings are gone through more often. */
    int passesBefore() {
        return passesBefore;
    }

    abstract List<Claim> claims(AdaptResult result);

    private static Claim shuffled(AdaptResult result, String group) {
        return new Claim(
                "shuffled labels, " + group + ", at most frozen plus 2",
                100 * result.mean(Method.SHUFFLED.label(), group),
                true,
                100 * result.mean(Method.FROZEN.label(), group) + POINTS);
    }

    private static Claim fall(String promise, AdaptResult result) {
        String adapted = Method.ADAPTED.label();
        return new Claim(promise, 100 * (result.before(adapted) - result.after(adapted)), true, POINTS);
    }
}
