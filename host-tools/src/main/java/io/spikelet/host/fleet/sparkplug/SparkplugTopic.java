package io.spikelet.host.fleet.sparkplug;

import io.spikelet.host.fleet.BoardId;
import java.util.Optional;

/**
 * {@code spBv1.0/GROUP/TYPE/NODE[/DEVICE]}.
 *
 * @param device empty when the message is the node's own
 */
public record SparkplugTopic(Type type, BoardId board, String device) {
    /** The first level of every topic. */
    public static final String NAMESPACE = "spBv1.0";

    private static final int NODE_LEVELS = 4;
    private static final int DEVICE_LEVELS = 5;

    /** What nodes send. */
    public enum Type {
        NBIRTH,
        NDATA,
        NDEATH,
        DBIRTH,
        DDATA,
        DDEATH
    }

    /** Reads a topic; empty when it is none of {@link Type}, as commands and the states of hosts are. */
    public static Optional<SparkplugTopic> parse(String topic) {
        String[] levels = topic.split("/", -1);
        if (levels.length < NODE_LEVELS || levels.length > DEVICE_LEVELS || !levels[0].equals(NAMESPACE)) {
            return Optional.empty();
        }
        Type type = type(levels[2]);
        boolean ofDevice = levels.length == DEVICE_LEVELS;
        if (type == null || ofDevice != type.name().startsWith("D")) {
            return Optional.empty();
        }
        if (!BoardId.isLevel(levels[1]) || !BoardId.isLevel(levels[3])) {
            return Optional.empty();
        }
        return Optional.of(new SparkplugTopic(type, new BoardId(levels[1], levels[3]), ofDevice ? levels[4] : ""));
    }

    private static Type type(String level) {
        for (Type type : Type.values()) {
            if (type.name().equals(level)) {
                return type;
            }
        }
        return null;
    }

    /** Where a node listens for commands. */
    public static String command(BoardId board) {
        return NAMESPACE + "/" + board.group() + "/NCMD/" + board.name();
    }

    /** Where a host application says whether it is online. */
    public static String hostState(String hostId) {
        return NAMESPACE + "/STATE/" + hostId;
    }
}
