package io.spikelet.bench.demo;

import java.util.List;

/**
 * One course of learning on the board.
 *
 * @param name what a person calls it
 * @param accuracies share of the shifted test samples that are right, before learning and after each pass
 * @param hits share of the shown samples that were right before each was learned, for each pass
 * @param after board and host on the shifted test samples at the end
 */
record LearningRun(String name, List<Double> accuracies, List<Double> hits, Comparison after) {
    LearningRun {
        accuracies = List.copyOf(accuracies);
        hits = List.copyOf(hits);
    }
}
