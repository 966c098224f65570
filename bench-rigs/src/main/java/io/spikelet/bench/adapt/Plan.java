package io.spikelet.bench.adapt;

/**
 * How a network learns before and after it is deployed.
 *
 * @param hidden neurons
 * @param timeSteps of a sample
 * @param rate η of a whole sample
 * @param passesBefore over what it is trained from
 * @param passes over what a stage tells
 * @param rehearsed vectors of the past that are learned with each new one
 * @param memoryBytes of the replay memory
 * @param seed of weights, order, draws and rounding
 */
record Plan(
        int hidden,
        int timeSteps,
        double rate,
        int passesBefore,
        int passes,
        int rehearsed,
        int memoryBytes,
        long seed) {
    Plan {
        if (hidden < 1 || timeSteps < 1 || !(rate > 0) || passesBefore < 1 || passes < 1 || rehearsed < 0) {
            throw new IllegalArgumentException(
                    "--hidden, --steps, --learning-rate and passes are above 0, and" + " --rehearsed is 0 or more");
        }
    }
}
