package io.spikelet.host.fleet.dashboard;

import io.spikelet.host.fleet.BoardRow;
import io.spikelet.host.fleet.BoardState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The fleet in a few figures at one moment.
 *
 * @param time ms since 1970
 * @param boards in each state
 * @param messages received of all boards
 * @param missing of all boards
 * @param driftAlarms of all boards online
 * @param spreads of the boards online, by figure
 */
record FleetFigures(
        long time,
        Map<BoardState, Integer> boards,
        long messages,
        long missing,
        double driftAlarms,
        Map<String, Spread> spreads) {

    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;

    /** @param count boards that have the figure; the others are NaN when it is 0 */
    record Spread(int count, double low, double median, double high) {}

    static FleetFigures of(List<BoardRow> rows, long time) {
        Map<BoardState, Integer> states = new LinkedHashMap<>();
        for (BoardState state : BoardState.values()) {
            states.put(state, 0);
        }
        long messages = 0;
        long missing = 0;
        double drift = 0;
        for (BoardRow row : rows) {
            states.merge(row.state(), 1, Integer::sum);
            messages += row.messages();
            missing += row.missing();
            drift += row.state() == BoardState.ONLINE && !Double.isNaN(row.drift()) ? row.drift() : 0;
        }
        Map<String, Spread> spreads = new LinkedHashMap<>();
        spreads.put("accuracy", spread(rows, BoardRow::accuracy));
        spreads.put("energy", spread(rows, BoardRow::energy));
        spreads.put("latency", spread(rows, BoardRow::latency));
        spreads.put("spikes", spread(rows, BoardRow::spikes));
        spreads.put("guard", spread(rows, BoardRow::guard));
        spreads.put("temperature", spread(rows, BoardRow::temperature));
        return new FleetFigures(time, states, messages, missing, drift, spreads);
    }

    private static Spread spread(List<BoardRow> rows, ToDoubleFunction<BoardRow> figure) {
        double[] values = new double[rows.size()];
        int count = 0;
        for (BoardRow row : rows) {
            double value = figure.applyAsDouble(row);
            if (row.state() == BoardState.ONLINE && !Double.isNaN(value)) {
                values[count++] = value;
            }
        }
        if (count == 0) {
            return new Spread(0, Double.NaN, Double.NaN, Double.NaN);
        }
        Arrays.sort(values, 0, count);
        return new Spread(
                count,
                values[(int) (LOW * (count - 1))],
                values[count / 2],
                values[(int) Math.ceil(HIGH * (count - 1))]);
    }
}
