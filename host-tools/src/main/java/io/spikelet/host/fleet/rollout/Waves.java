package io.spikelet.host.fleet.rollout;

import io.spikelet.host.fleet.BoardId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which boards take an image when.
 *
 * @param canaries boards of the first wave
 * @param shares of all boards that have the image after each wave behind it, growing to 1
 */
public record Waves(int canaries, List<Double> shares) {
    private static final double PERCENT = 100;

    public Waves {
        shares = List.copyOf(shares);
        double before = 0;
        for (double share : shares) {
            if (!(share > before && share <= 1)) {
                throw new IllegalArgumentException("waves grow to 100%: " + shares);
            }
            before = share;
        }
        if (shares.isEmpty() || before != 1 || canaries < 0) {
            throw new IllegalArgumentException(
                    "waves grow to 100%, and canaries are 0 or more: canaries=" + canaries + " waves=" + shares);
        }
    }

    /**
     * Reads {@code 5%,25%,100%}.
     *
     * @throws IllegalArgumentException with a sentence for the person who wrote it
     */
    public static Waves parse(int canaries, String text) {
        List<Double> shares = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.strip().matches("\\d{1,3}(\\.\\d{1,3})?%")) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" are no waves; write how many boards have the image after each: 5%,25%,100%");
            }
            String number = part.strip();
            shares.add(Double.parseDouble(number.substring(0, number.length() - 1)) / PERCENT);
        }
        return new Waves(canaries, shares);
    }

    /**
     * Spreads boards over waves; the same boards and seed give the same waves. Neighbours by name, which may stand in one
     * hall on one supply, are taken apart.
     *
     * @return (waves) boards each; no wave is empty
     */
    public List<List<BoardId>> spread(List<BoardId> boards, long seed) {
        List<BoardId> mixed = new ArrayList<>(boards);
        Collections.sort(mixed);
        Collections.shuffle(mixed, new Random(seed));
        List<List<BoardId>> waves = new ArrayList<>();
        int from = 0;
        int to = Math.min(canaries, mixed.size());
        for (int wave = 0; wave <= shares.size(); wave++) {
            if (to > from) {
                waves.add(List.copyOf(mixed.subList(from, to)));
                from = to;
            }
            if (wave < shares.size()) {
                to = Math.max(from, (int) Math.ceil(shares.get(wave) * mixed.size() - 1e-9));
            }
        }
        return waves;
    }
}
