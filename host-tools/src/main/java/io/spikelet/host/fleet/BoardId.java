package io.spikelet.host.fleet;

import java.util.Comparator;

/**
 * Which board: a Sparkplug edge node.
 *
 * @param group the Sparkplug group, one level of a topic
 * @param name the edge node within it, which is the device's name
 */
public record BoardId(String group, String name) implements Comparable<BoardId> {
    private static final Comparator<BoardId> ORDER =
            Comparator.comparing(BoardId::group).thenComparing(BoardId::name);

    public BoardId {
        requireLevel("group", group);
        requireLevel("name", name);
    }

    private static void requireLevel(String what, String level) {
        if (!isLevel(level)) {
            throw new IllegalArgumentException("a board's " + what + " is one level of a topic: '" + level + "'");
        }
    }

    /** Whether a text can be a group or a name. */
    public static boolean isLevel(String text) {
        return !text.isEmpty() && text.chars().noneMatch(c -> c == '/' || c == '+' || c == '#' || c < ' ');
    }

    /**
     * Reads {@code GROUP/NAME}.
     *
     * @throws IllegalArgumentException with a sentence for the person who wrote it
     */
    public static BoardId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a board is written GROUP/NAME: '" + text + "'");
        }
        return new BoardId(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Which of {@code shards} this board belongs to, 0..shards−1, the same in every process. */
    public int shard(int shards) {
        return Math.floorMod(toString().hashCode() * 0x9E3779B1, shards);
    }

    @Override
    public int compareTo(BoardId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return group + "/" + name;
    }
}
