package io.spikelet.bench.energy;

import java.util.List;

/**
 * A line through pairs of times of two clocks by least squares.
 *
 * @param offset ns of the second clock where the first is 0
 * @param slope seconds of the second in one of the first
 * @param residual standard deviation of what points differ from the line, ns; 0 where nothing is left to tell it
 */
record ClockFit(double offset, double slope, double residual) {
    /** @param points pairs of (first clock, second clock), ns, one or more; one alone says nothing of the slope, which is 1 then */
    static ClockFit of(List<double[]> points) {
        double meanX = points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
        double meanY = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
        double squares = 0;
        double products = 0;
        for (double[] point : points) {
            squares += (point[0] - meanX) * (point[0] - meanX);
            products += (point[0] - meanX) * (point[1] - meanY);
        }
        double slope = squares == 0 ? 1 : products / squares;
        double rest = 0;
        for (double[] point : points) {
            double off = point[1] - meanY - slope * (point[0] - meanX);
            rest += off * off;
        }
        double residual = points.size() > 2 ? Math.sqrt(rest / (points.size() - 2)) : 0;
        return new ClockFit(meanY - slope * meanX, slope, residual);
    }

    double at(double first) {
        return offset + slope * first;
    }
}
