package io.spikelet.bench.rig;

/**
 * One window of performance.
 *
 * @param sample that was loaded, its number in the data
 * @param inferences in it
 * @param seconds that it lasted
 */
record Window(int sample, int inferences, double seconds) {
    double perSecond() {
        return inferences / seconds;
    }

    double microsEach() {
        return 1e6 * seconds / inferences;
    }
}
