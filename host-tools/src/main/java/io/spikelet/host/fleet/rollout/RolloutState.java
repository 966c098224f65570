package io.spikelet.host.fleet.rollout;

import io.spikelet.host.fleet.BoardId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A roll-out as its file has it. Thread-safe; {@link Journal} keeps it.
 */
public final class RolloutState {
    /** Where a roll-out as a whole is. */
    public enum Phase {
        RUNNING,
        /** It stopped by itself; nothing more is brought to any board. */
        HALTED,
        DONE
    }

    private final String id;
    private final String image;
    private final String digest;
    private final String version;
    private final int waves;
    private final long started;
    private final Map<BoardId, BoardStep> steps = new LinkedHashMap<>();
    private int wave;
    private Phase phase = Phase.RUNNING;
    private String reason = "";

    /**
     * @param image the model's name
     * @param digest of the image, hex
     * @param started ms since 1970
     */
    public RolloutState(String id, String image, String digest, String version, long started, List<BoardStep> steps) {
        this.id = id;
        this.image = image;
        this.digest = digest;
        this.version = version;
        this.started = started;
        steps.forEach(step -> this.steps.put(step.board(), step));
        waves = 1 + steps.stream().mapToInt(BoardStep::wave).max().orElse(-1);
    }

    public String id() {
        return id;
    }

    public String image() {
        return image;
    }

    public String digest() {
        return digest;
    }

    public String version() {
        return version;
    }

    /** How many waves there are. */
    public int waves() {
        return waves;
    }

    public long started() {
        return started;
    }

    /** The wave that is under way, from 0. */
    public synchronized int wave() {
        return wave;
    }

    public synchronized Phase phase() {
        return phase;
    }

    /** Why it halted, in a sentence; empty when it did not. */
    public synchronized String reason() {
        return reason;
    }

    synchronized void enter(Phase next, int atWave, String why) {
        phase = next;
        wave = atWave;
        reason = why;
    }

    /** Takes a halt back: boards of its wave that went back or failed are to take the image after all. */
    public synchronized void goOn() {
        phase = Phase.RUNNING;
        reason = "";
        steps.replaceAll((board, step) -> switch (step.state()) {
            case FAILED, REVERTED, STUCK ->
                step.wave() <= wave ? step.to(BoardStep.State.WAITING, "").inWave(wave) : step;
            default -> step;
        });
    }

    synchronized void put(BoardStep step) {
        steps.put(step.board(), step);
    }

    public synchronized BoardStep step(BoardId board) {
        return steps.get(board);
    }

    /** All boards. */
    public synchronized List<BoardStep> steps() {
        return List.copyOf(steps.values());
    }

    /** Those of a wave. */
    public synchronized List<BoardStep> stepsOf(int ofWave) {
        List<BoardStep> some = new ArrayList<>();
        for (BoardStep step : steps.values()) {
            if (step.wave() == ofWave && step.state() != BoardStep.State.SKIPPED) {
                some.add(step);
            }
        }
        return some;
    }

    /** How many boards are how far. */
    public synchronized Map<BoardStep.State, Integer> counts() {
        Map<BoardStep.State, Integer> counts = new LinkedHashMap<>();
        for (BoardStep.State state : BoardStep.State.values()) {
            int boards = 0;
            for (BoardStep step : steps.values()) {
                boards += step.state() == state ? 1 : 0;
            }
            counts.put(state, boards);
        }
        return counts;
    }
}
