package io.spikelet.host.fleet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The figures of a row, by the names that people write: to sort by, and to judge a roll-out by. */
public enum BoardFigure {
    ACCURACY(BoardRow::accuracy),
    ENERGY(BoardRow::energy),
    LATENCY(BoardRow::latency),
    SPIKES(BoardRow::spikes),
    DRIFT(BoardRow::drift),
    GUARD(BoardRow::guard),
    TEMPERATURE(BoardRow::temperature),
    MESSAGES(BoardRow::messages),
    MISSING(BoardRow::missing),
    SEEN(BoardRow::seen);

    private final ToDoubleFunction<BoardRow> figure;

    BoardFigure(ToDoubleFunction<BoardRow> figure) {
        this.figure = figure;
    }

    /** NaN when the board has none. */
    public double of(BoardRow row) {
        return figure.applyAsDouble(row);
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The figure of a name; empty when there is none. */
    public static Optional<BoardFigure> named(String word) {
        return Arrays.stream(values())
                .filter(figure -> figure.word().equals(word))
                .findFirst();
    }
}
