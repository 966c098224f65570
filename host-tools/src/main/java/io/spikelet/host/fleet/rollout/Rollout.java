package io.spikelet.host.fleet.rollout;

import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardFigure;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardRow;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.rollout.BoardStep.State;
import io.spikelet.host.fleet.rollout.RolloutState.Phase;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Brings one image to a fleet, wave by wave, and halts by itself. It goes on from whatever state it is given. */
public final class Rollout {
    private static final long LOOK_MILLIS = 1_000;
    private static final long LONGEST_GRACE_MILLIS = 30_000;

    /** So many looks in a row must find an alarm, so that one lost message halts nothing. */
    private static final int LOOKS_TO_HALT = 3;

    /**
     * How it is done.
     *
     * @param soak how long boards of a wave serve the image on trial before they confirm it
     * @param atOnce boards that take the image at the same time
     * @param bringBackAll whether an alarm also brings earlier waves back, which have confirmed the image
     */
    public record Manner(Duration soak, int atOnce, boolean bringBackAll) {
        public Manner {
            if (soak.isNegative() || atOnce < 1) {
                throw new IllegalArgumentException(
                        "soak is 0 or more, boards at once 1 or more: " + soak + ", " + atOnce);
            }
        }
    }

    private final ModelImage image;
    private final RolloutState state;
    private final Journal journal;
    private final BoardImages boards;
    private final Fleet fleet;
    private final HealthGate gate;
    private final Manner manner;
    private final Consumer<String> say;
    private volatile boolean stopped;

    /** @param say told what happens, a line each */
    public Rollout(
            ModelImage image,
            RolloutState state,
            Journal journal,
            BoardImages boards,
            Fleet fleet,
            HealthGate gate,
            Manner manner,
            Consumer<String> say) {
        this.image = image;
        this.state = state;
        this.journal = journal;
        this.boards = boards;
        this.fleet = fleet;
        this.gate = gate;
        this.manner = manner;
        this.say = say;
    }

    /** Stops after the steps that are under way; the state file knows where to go on. */
    public void stop() {
        stopped = true;
    }

    /**
     * Runs to the end, an alarm, or {@link #stop}.
     *
     * @throws IOException when the state cannot be kept
     */
    public RolloutState run() throws IOException, InterruptedException {
        journal.write(state);
        while (state.phase() == Phase.RUNNING && !stopped && state.wave() < state.waves()) {
            int wave = state.wave();
            say.accept("wave " + (wave + 1) + " of " + state.waves() + ": "
                    + state.stepsOf(wave).size() + " boards");
            Optional<String> blind = gate.blind(state.stepsOf(wave));
            if (blind.isPresent()) {
                halt(wave, blind.get());
                break;
            }
            each(wave, this::update, State.WAITING, State.UPDATING, State.FAILED);
            if (stopped) {
                break;
            }
            Optional<String> alarm = soak(wave);
            if (alarm.isPresent()) {
                halt(wave, alarm.get());
            } else if (!stopped) {
                each(wave, this::confirm, State.TRIAL);
                advance(wave);
            }
        }
        return state;
    }

    private void advance(int wave) throws IOException {
        Optional<String> unconfirmed = gate.alarm(state.stepsOf(wave), state.digest(), false);
        if (unconfirmed.isPresent()) {
            state.enter(Phase.HALTED, wave, unconfirmed.get());
        } else {
            boolean last = wave + 1 == state.waves();
            state.enter(last ? Phase.DONE : Phase.RUNNING, last ? wave : wave + 1, "");
        }
        journal.write(state);
    }

    private interface Act {
        void on(BoardStep step) throws IOException;
    }

    /** Does the same to all boards of a wave that are in certain states, a few at once. */
    private void each(int wave, Act act, State... states) throws IOException, InterruptedException {
        List<State> wanted = List.of(states);
        each(
                state.stepsOf(wave).stream()
                        .filter(step -> wanted.contains(step.state()))
                        .toList(),
                act);
    }

    private void each(List<BoardStep> steps, Act act) throws IOException, InterruptedException {
        try (ExecutorService crew = Executors.newFixedThreadPool(manner.atOnce())) {
            List<Future<?>> work = new ArrayList<>();
            for (BoardStep step : steps) {
                work.add(crew.submit(() -> {
                    if (!stopped) {
                        try {
                            act.on(step);
                        } catch (IOException stateNotKept) {
                            stopped = true;
                            throw new UncheckedIOException(stateNotKept);
                        }
                    }
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UncheckedIOException stateNotKept) {
                throw stateNotKept.getCause();
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** An error here comes from the state file alone: what a board does wrong becomes its state. */
    private void update(BoardStep step) throws IOException {
        BoardId board = step.board();
        try {
            BoardStep known = step;
            if (step.state() == State.WAITING || step.hash().isEmpty()) {
                BoardImages.Serving serving = boards.serving(board);
                boolean there = serving.hash().equals(state.digest());
                known = step.knowing(
                        there ? step.hash() : serving.hash(), step.before().isEmpty() ? figures(board) : step.before());
                if (there && serving.confirmed()) {
                    move(known.to(State.DONE, "it had the image already"));
                    return;
                }
            }
            move(known.to(State.UPDATING, ""));
            boards.tryOut(board, image);
            move(state.step(board).to(State.TRIAL, ""));
            say.accept("on trial    " + board);
        } catch (IOException failure) {
            move(state.step(board).to(State.FAILED, failure.getMessage()));
            say.accept("failed      " + board + ": " + failure.getMessage());
        }
    }

    private Map<BoardFigure, Double> figures(BoardId board) {
        Map<BoardFigure, Double> figures = new EnumMap<>(BoardFigure.class);
        Optional<BoardRow> row = fleet.find(board).map(Board::row);
        for (BoardFigure figure : BoardFigure.values()) {
            double value = row.map(figure::of).orElse(Double.NaN);
            if (Double.isFinite(value)) {
                figures.put(figure, value);
            }
        }
        return figures;
    }

    private Optional<String> soak(int wave) throws InterruptedException {
        Optional<String> failed = gate.alarm(
                state.stepsOf(wave).stream()
                        .map(step -> step.state() == State.TRIAL ? step.to(State.DONE, "") : step)
                        .toList(),
                state.digest(),
                false);
        boolean anyOnTrial = state.stepsOf(wave).stream().anyMatch(step -> step.state() == State.TRIAL);
        if (failed.isPresent() || !anyOnTrial) {
            return failed;
        }
        say.accept("soaking     " + manner.soak().toSeconds() + " s");
        long started = System.nanoTime();
        long soak = manner.soak().toMillis();
        long grace = Math.min(soak / 2, LONGEST_GRACE_MILLIS);
        int alarms = 0;
        for (long passed = 0; passed < soak && !stopped; passed = millisSince(started)) {
            Thread.sleep(Math.max(1, Math.min(LOOK_MILLIS, soak - passed)));
            Optional<String> blind = gate.blind(state.stepsOf(wave));
            if (blind.isPresent()) {
                return blind;
            }
            if (millisSince(started) >= grace) {
                Optional<String> alarm = gate.alarm(state.stepsOf(wave), state.digest(), false);
                alarms = alarm.isPresent() ? alarms + 1 : 0;
                if (alarms >= LOOKS_TO_HALT) {
                    return alarm;
                }
            }
        }
        return stopped ? Optional.empty() : gate.alarm(state.stepsOf(wave), state.digest(), true);
    }

    private static long millisSince(long started) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }

    private void confirm(BoardStep step) throws IOException {
        try {
            boards.confirm(step.board(), image);
            move(step.to(State.DONE, ""));
            say.accept("confirmed   " + step.board());
        } catch (IOException failure) {
            move(step.to(State.FAILED, failure.getMessage()));
            say.accept("failed      " + step.board() + ": " + failure.getMessage());
        }
    }

    private void halt(int wave, String reason) throws IOException, InterruptedException {
        say.accept("halted      " + reason);
        state.enter(Phase.HALTED, wave, reason);
        journal.write(state);
        goBack();
    }

    /** Brings boards on trial back, and those that have confirmed when that was asked for. Also after a crash. */
    public void goBack() throws IOException, InterruptedException {
        each(
                state.steps().stream()
                        .filter(step -> step.state() == State.TRIAL || step.state() == State.UPDATING)
                        .toList(),
                step -> back(step, (board, before) -> boards.giveUp(board, image, before)));
        // A board that failed may have restarted with the image all the same; it stays failed either way.
        for (BoardStep step : state.steps()) {
            if (step.state() == State.FAILED) {
                giveUpQuietly(step);
            }
        }
        if (manner.bringBackAll()) {
            each(
                    state.steps().stream()
                            .filter(step ->
                                    step.state() == State.DONE && !step.hash().isEmpty())
                            .toList(),
                    step -> back(step, boards::bringBack));
        }
    }

    private void giveUpQuietly(BoardStep step) {
        try {
            boards.giveUp(step.board(), image, step.hash());
        } catch (IOException unreachable) {
            say.accept("left as is  " + step.board() + ": " + unreachable.getMessage());
        }
    }

    private interface Way {
        void back(BoardId board, String before) throws IOException;
    }

    private void back(BoardStep step, Way way) throws IOException {
        try {
            way.back(step.board(), step.hash());
            move(step.to(State.REVERTED, ""));
            say.accept("reverted    " + step.board());
        } catch (IOException failure) {
            move(step.to(State.STUCK, failure.getMessage()));
            say.accept("stuck       " + step.board() + ": " + failure.getMessage());
        }
    }

    private void move(BoardStep step) throws IOException {
        state.put(step);
        journal.write(state);
    }
}
