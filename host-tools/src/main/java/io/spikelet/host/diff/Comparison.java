package io.spikelet.host.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What two models have not in common.
 *
 * @param differences in the order of the first's layers, what only the second has at the end
 * @param explained what quantising a graph changed, as it must: no difference
 * @param notes what a reader should know and is no difference either
 */
public record Comparison(List<Difference> differences, List<Difference> explained, List<String> notes) {
    public Comparison {
        explained = List.copyOf(explained);
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    public boolean isNothing() {
        return differences.isEmpty();
    }

    /** Gathers differences. */
    static final class Gathering {
        private final List<Difference> differences = new ArrayList<>();
        private final List<Difference> explained = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        void added(String place, String what) {
            differences.add(new Difference(Difference.Change.ADDED, place, what, "", what, Optional.empty()));
        }

        void removed(String place, String what) {
            differences.add(new Difference(Difference.Change.REMOVED, place, what, what, "", Optional.empty()));
        }

        /** A difference, unless both are equal. */
        void compare(String place, String what, Object first, Object second) {
            if (!first.equals(second)) {
                differences.add(new Difference(
                        Difference.Change.CHANGED, place, what, first.toString(), second.toString(), Optional.empty()));
            }
        }

        /** A difference, unless nothing moved. */
        void moved(String place, String what, Moved moved) {
            if (!moved.isNothing()) {
                differences.add(new Difference(Difference.Change.CHANGED, place, what, "", "", Optional.of(moved)));
            }
        }

        /** A movement that quantising explains. */
        void explained(String place, String what, Moved moved) {
            if (!moved.isNothing()) {
                explained.add(new Difference(Difference.Change.CHANGED, place, what, "", "", Optional.of(moved)));
            }
        }

        void note(String sentence) {
            notes.add(sentence);
        }

        boolean isNothing() {
            return differences.isEmpty();
        }

        Comparison done() {
            return new Comparison(differences, explained, notes);
        }
    }
}
