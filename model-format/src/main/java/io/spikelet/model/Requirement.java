package io.spikelet.model;

/** What a record's components must hold, so that no operation exists whose own numbers contradict each other. */
final class Requirement {
    private Requirement() {}

    static void that(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
