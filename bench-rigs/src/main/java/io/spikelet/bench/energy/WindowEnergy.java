package io.spikelet.bench.energy;

/**
 * What one window took.
 *
 * @param cut where it lies
 * @param board what the board knows of it
 * @param joules energy of the window, idle power still in it
 * @param watts mean power
 * @param leastWatts the least sample
 * @param mostWatts the largest sample
 * @param samples how many lie in it
 * @param microjoules per inference, idle power subtracted where asked
 * @param refused whether it counts for nothing, as a finding says
 */
public record WindowEnergy(
        WindowCut cut,
        BoardWindow board,
        double joules,
        double watts,
        double leastWatts,
        double mostWatts,
        long samples,
        double microjoules,
        boolean refused) {}
