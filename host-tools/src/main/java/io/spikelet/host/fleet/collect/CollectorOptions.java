package io.spikelet.host.fleet.collect;

import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.host.fleet.BoardId;
import java.time.Duration;
import java.util.List;

/**
 * What a collector listens to.
 *
 * @param broker where, without a will: the collector's own is added
 * @param hostId the name under which it says whether it is online
 * @param groups Sparkplug groups to listen to; none means all
 * @param shard which part of the boards is this collector's, 0..shards−1
 * @param shards how many collectors share the boards
 * @param reorder how long an early message waits for those before it
 * @param birthsASecond how many births are asked for in a second at most, so that a large fleet does not answer at once
 */
public record CollectorOptions(
        MqttOptions broker,
        String hostId,
        List<String> groups,
        int shard,
        int shards,
        Duration reorder,
        int birthsASecond) {

    /** Long enough for a broker cluster that hands messages about; the specification names no number. */
    public static final Duration USUAL_REORDER = Duration.ofSeconds(2);

    private static final int USUAL_BIRTHS = 200;

    public CollectorOptions {
        if (!BoardId.isLevel(hostId)) {
            throw new IllegalArgumentException("the host's name is one level of a topic: '" + hostId + "'");
        }
        groups = List.copyOf(groups);
        for (String group : groups) {
            if (!BoardId.isLevel(group)) {
                throw new IllegalArgumentException("a group is one level of a topic: '" + group + "'");
            }
        }
        if (shards < 1 || shard < 0 || shard >= shards) {
            throw new IllegalArgumentException(
                    "a shard is one of those there are: shard=" + (shard + 1) + " of " + shards);
        }
        if (reorder.isNegative() || birthsASecond < 1) {
            throw new IllegalArgumentException(
                    "reorder is 0 or more, birthsASecond 1 or more: " + reorder + ", " + birthsASecond);
        }
    }

    /** All groups, all boards. */
    public static CollectorOptions of(MqttOptions broker, String hostId) {
        return new CollectorOptions(broker, hostId, List.of(), 0, 1, USUAL_REORDER, USUAL_BIRTHS);
    }

    public CollectorOptions ofGroups(List<String> some) {
        return new CollectorOptions(broker, hostId, some, shard, shards, reorder, birthsASecond);
    }

    /** @param part 0..all−1 */
    public CollectorOptions ofShard(int part, int all) {
        return new CollectorOptions(broker, hostId, groups, part, all, reorder, birthsASecond);
    }

    public CollectorOptions waiting(Duration otherReorder) {
        return new CollectorOptions(broker, hostId, groups, shard, shards, otherReorder, birthsASecond);
    }

    /** Whether a board is this collector's. */
    public boolean takes(BoardId board) {
        return (groups.isEmpty() || groups.contains(board.group())) && board.shard(shards) == shard;
    }
}
