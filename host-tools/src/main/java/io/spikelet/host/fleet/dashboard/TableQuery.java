package io.spikelet.host.fleet.dashboard;

import io.spikelet.host.fleet.BoardFigure;
import io.spikelet.host.fleet.BoardRow;
import io.spikelet.host.fleet.BoardState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows of the fleet's table one browser looks at.
 *
 * @param search parts of names, groups, models; all words must be found
 * @param offset rows of those that match before the first
 * @param limit rows at most
 */
record TableQuery(String sort, boolean descending, String search, Optional<BoardState> state, int offset, int limit) {
    static final int MOST_ROWS = 500;
    static final int USUAL_ROWS = 50;

    private static final Comparator<BoardRow> BY_ID = Comparator.comparing(BoardRow::id);
    private static final List<String> WORDS = List.of("name", "state", "model");

    /** @throws IllegalArgumentException with a sentence for whoever asked */
    static TableQuery of(Map<String, String> parameters) {
        String sort = parameters.getOrDefault("sort", "name");
        if (BoardFigure.named(sort).isEmpty() && !WORDS.contains(sort)) {
            throw new IllegalArgumentException("sort is one of " + WORDS + " or "
                    + Arrays.stream(BoardFigure.values()).map(BoardFigure::word).toList() + ": '" + sort + "'");
        }
        String state = parameters.getOrDefault("state", "");
        return new TableQuery(
                sort,
                "1".equals(parameters.get("desc")),
                parameters.getOrDefault("q", "").toLowerCase(Locale.ROOT),
                state.isEmpty() ? Optional.empty() : Optional.of(BoardState.valueOf(state.toUpperCase(Locale.ROOT))),
                HttpQuery.number(parameters, "offset", 0, Integer.MAX_VALUE),
                HttpQuery.number(parameters, "limit", USUAL_ROWS, MOST_ROWS));
    }

    /** The rows that match, in order. */
    List<BoardRow> matching(List<BoardRow> rows) {
        String[] words = search.isBlank() ? new String[0] : search.strip().split("\\s+");
        List<BoardRow> matching = new ArrayList<>();
        for (BoardRow row : rows) {
            if ((state.isEmpty() || row.state() == state.get()) && hasAll(row, words)) {
                matching.add(row);
            }
        }
        matching.sort(order());
        return matching;
    }

    /** Those of the rows that match which this browser shows. */
    List<BoardRow> shown(List<BoardRow> matching) {
        int from = Math.min(offset, matching.size());
        return matching.subList(from, Math.min(matching.size(), from + limit));
    }

    private static boolean hasAll(BoardRow row, String[] words) {
        if (words.length == 0) {
            return true;
        }
        String text = (row.id() + " " + row.model() + " " + row.version()).toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** What a board has not comes last either way. */
    private Comparator<BoardRow> order() {
        Comparator<BoardRow> order = switch (sort) {
            case "name" -> BY_ID;
            case "state" -> Comparator.comparing(BoardRow::state);
            case "model" -> Comparator.comparing(BoardRow::model).thenComparing(BoardRow::version);
            default -> null;
        };
        if (order != null) {
            return (descending ? order.reversed() : order).thenComparing(BY_ID);
        }
        BoardFigure figure = BoardFigure.named(sort).orElseThrow();
        Comparator<BoardRow> byFigure = Comparator.comparingDouble(figure::of);
        return Comparator.<BoardRow, Boolean>comparing(row -> Double.isNaN(figure.of(row)))
                .thenComparing(descending ? byFigure.reversed() : byFigure)
                .thenComparing(BY_ID);
    }
}
