package io.spikelet.host.fleet.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardFigure;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.MetricValue;
import io.spikelet.host.fleet.rollout.BoardStep.State;
import io.spikelet.host.fleet.store.FleetStore;
import io.spikelet.host.fleet.store.JdbcFleetStore;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutTest {
    private static final String OLD = "aa";
    private static final Rollout.Manner QUICK = new Rollout.Manner(Duration.ofMillis(40), 2, false);

    @TempDir
    private Path folder;

    private final Fleet fleet = new Fleet();
    private final Boards boards = new Boards();
    private final Set<BoardId> unheard = ConcurrentHashMap.newKeySet();
    private final List<String> said = new ArrayList<>();
    private final ModelImage image = image();
    private final String digest = HexFormat.of().formatHex(image.digest());
    private FleetStore store;
    private Journal journal;

    private static ModelImage image() {
        return ModelImage.unsigned(new byte[] {1, 2, 3}, Version.parse("1.2.3"));
    }

    /** Boards that keep the promises of slots and tell the fleet what they serve at once. */
    private final class Boards implements BoardImages {
        final Map<BoardId, String> serving = new HashMap<>();
        final Set<BoardId> confirmed = new HashSet<>();
        final Set<BoardId> refusing = new HashSet<>();
        final Set<BoardId> poor = new HashSet<>();
        Consumer<BoardId> afterTrial = board -> {};
        int steps;
        int powerAfter = Integer.MAX_VALUE;

        void add(String name) {
            BoardId id = new BoardId("g", name);
            serving.put(id, OLD);
            confirmed.add(id);
            tell(id);
        }

        private void tell(BoardId id) {
            double accuracy = poor.contains(id) && serving.get(id).equals(digest) ? 0.4 : 0.9;
            Board board = fleet.board(id, 1).orElseThrow();
            board.born(
                    1,
                    1,
                    Map.of(
                            "Model/Digest", new MetricValue(1, serving.get(id), ""),
                            "Inference/Accuracy", new MetricValue(1, accuracy, "")));
        }

        private synchronized void step() {
            if (++steps > powerAfter) {
                throw new PowerCut();
            }
        }

        @Override
        public synchronized Serving serving(BoardId board) {
            step();
            return new Serving(serving.get(board), confirmed.contains(board));
        }

        @Override
        public synchronized void tryOut(BoardId board, ModelImage tried) throws IOException {
            if (refusing.contains(board)) {
                throw new IOException("no trusted key signed it");
            }
            step();
            if (!serving.get(board).equals(digest)) {
                serving.put(board, digest);
                confirmed.remove(board);
                tell(board);
            }
            step();
            afterTrial.accept(board);
        }

        @Override
        public synchronized void confirm(BoardId board, ModelImage tried) {
            step();
            confirmed.add(board);
            step();
        }

        @Override
        public synchronized void giveUp(BoardId board, ModelImage tried, String before) throws IOException {
            if (!serving.get(board).equals(digest)) {
                return;
            }
            if (confirmed.contains(board)) {
                throw new IOException("confirmed already");
            }
            bringBack(board, before);
        }

        @Override
        public synchronized void bringBack(BoardId board, String before) {
            step();
            serving.put(board, before);
            confirmed.add(board);
            tell(board);
        }
    }

    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void start() throws IOException {
        store = JdbcFleetStore.open(folder.resolve("fleet.db").toString());
        journal = new Journal(folder.resolve("state.json"), store);
        for (int i = 0; i < 8; i++) {
            boards.add("b" + i);
        }
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
    }

    private RolloutState fresh() {
        List<BoardStep> steps = new ArrayList<>();
        List<List<BoardId>> waves = Waves.parse(1, "50%,100%").spread(List.copyOf(boards.serving.keySet()), 7);
        for (int wave = 0; wave < waves.size(); wave++) {
            for (BoardId board : waves.get(wave)) {
                steps.add(new BoardStep(board, wave, State.WAITING, "", Map.of(), ""));
            }
        }
        return new RolloutState("id", "model", digest, "1.2.3", 1, steps);
    }

    private Rollout rollout(RolloutState state, String rules, Rollout.Manner manner) {
        HealthGate gate = new HealthGate(fleet, HaltRule.parseAll(rules), board -> !unheard.contains(board));
        return new Rollout(image, state, journal, boards, fleet, gate, manner, said::add);
    }

    private BoardId inWave(RolloutState state, int wave) {
        return state.stepsOf(wave).getLast().board();
    }

    @Test
    void shouldBringTheImageToAllBoardsWaveByWave() throws Exception {
        RolloutState state =
                rollout(fresh(), "accuracy<0.5,accuracy<before-0.1", QUICK).run();
        assertEquals(RolloutState.Phase.DONE, state.phase());
        assertEquals(3, state.waves());
        assertEquals(8, state.counts().get(State.DONE));
        assertEquals(Set.copyOf(boards.serving.keySet()), boards.confirmed);
        assertTrue(boards.serving.values().stream().allMatch(digest::equals));
        assertEquals(
                List.of(1, 3, 4),
                List.of(
                        state.stepsOf(0).size(),
                        state.stepsOf(1).size(),
                        state.stepsOf(2).size()));
        assertTrue(store.rollouts(1).getFirst().contains("\"phase\":\"done\""));
    }

    @Test
    void shouldHaltAtTheCanaryAndTakeItBackBeforeAnyOtherBoardIsTouched() throws Exception {
        RolloutState fresh = fresh();
        BoardId canary = inWave(fresh, 0);
        boards.poor.add(canary);
        RolloutState state = rollout(fresh, "accuracy<before-0.1", QUICK).run();
        assertEquals(RolloutState.Phase.HALTED, state.phase());
        assertEquals(canary + ": accuracy is 0.4000, the rule accuracy<before-0.1 halts below 0.8000", state.reason());
        assertEquals(State.REVERTED, state.step(canary).state());
        assertTrue(boards.serving.values().stream().allMatch(OLD::equals));
        assertEquals(7, state.counts().get(State.WAITING));
    }

    @Test
    void shouldHaltOnceNoCollectorHearsAWaveAndGoOnWhenOneDoesAgain() throws Exception {
        RolloutState fresh = fresh();
        BoardId second = inWave(fresh, 1);
        unheard.add(second);
        RolloutState halted = rollout(fresh, "", QUICK).run();
        assertEquals(RolloutState.Phase.HALTED, halted.phase());
        assertEquals(1, halted.wave(), "the canary was heard");
        assertTrue(halted.reason().startsWith("no collector has written news of " + second + " for 15 s"));
        assertEquals(OLD, boards.serving.get(second), "no board is touched that nobody sees");
        unheard.clear();
        RolloutState again = journal.read();
        again.goOn();
        assertEquals(RolloutState.Phase.DONE, rollout(again, "", QUICK).run().phase());
    }

    @Test
    void shouldTakeAWaveBackWhoseCollectorDiesWhileItSoaks() throws Exception {
        RolloutState fresh = fresh();
        BoardId canary = inWave(fresh, 0);
        boards.afterTrial = unheard::add;
        RolloutState halted = rollout(fresh, "", QUICK).run();
        assertEquals(RolloutState.Phase.HALTED, halted.phase());
        assertEquals(State.REVERTED, halted.step(canary).state());
        assertTrue(boards.serving.values().stream().allMatch(OLD::equals));
    }

    @Test
    void shouldTakeOnlyTheWaveBackUnlessToldOtherwise() throws Exception {
        RolloutState fresh = fresh();
        boards.poor.add(inWave(fresh, 2));
        rollout(fresh, "accuracy<0.5", QUICK).run();
        assertEquals(4, boards.serving.values().stream().filter(digest::equals).count());
        RolloutState again = journal.read();
        assertEquals(RolloutState.Phase.HALTED, again.phase());
        rollout(again, "accuracy<0.5", new Rollout.Manner(Duration.ofMillis(40), 2, true))
                .goBack();
        assertTrue(boards.serving.values().stream().allMatch(OLD::equals));
    }

    @Test
    void shouldHaltWhenABoardRefusesUnlessSomeMayFail() throws Exception {
        RolloutState fresh = fresh();
        BoardId refusing = inWave(fresh, 1);
        boards.refusing.add(refusing);
        RolloutState halted = rollout(fresh, "", QUICK).run();
        assertEquals(RolloutState.Phase.HALTED, halted.phase());
        assertTrue(halted.reason().contains("no trusted key signed it"), halted.reason());
        assertEquals(State.FAILED, halted.step(refusing).state());
        RolloutState again = fresh();
        RolloutState done = rollout(again, "failed>40%", QUICK).run();
        assertEquals(RolloutState.Phase.DONE, done.phase());
        assertEquals(7, done.counts().get(State.DONE));
    }

    @Test
    void shouldHaltWhenABoardGoesAwayOrGivesTheImageUpByItself() throws Exception {
        RolloutState fresh = fresh();
        BoardId canary = inWave(fresh, 0);
        Rollout rollout = rollout(fresh, "", new Rollout.Manner(Duration.ofMillis(400), 2, false));
        Thread plug = Thread.ofVirtual().start(() -> {
            while (!digest.equals(boards.serving.get(canary))) {
                Thread.yield();
            }
            fleet.find(canary).orElseThrow().enter(BoardState.OFFLINE, 2);
        });
        RolloutState state = rollout.run();
        plug.join();
        assertEquals(RolloutState.Phase.HALTED, state.phase());
        assertTrue(state.reason().startsWith("1 of 1 boards not online with the image"), state.reason());
    }

    @Test
    void shouldHaltWhenARuleCannotBeJudged() throws Exception {
        RolloutState state = rollout(fresh(), "latency>500", QUICK).run();
        assertEquals(RolloutState.Phase.HALTED, state.phase());
        assertTrue(state.reason().contains("tells no latency"), state.reason());
    }

    @Test
    void shouldGoOnAfterACrashAtAnyStepAndEndTheSame() throws Exception {
        int whole = 0;
        for (int cut = 0; cut == 0 || cut <= whole; cut++) {
            for (BoardId board : boards.serving.keySet()) {
                boards.serving.put(board, OLD);
                boards.confirmed.add(board);
                boards.tell(board);
            }
            Files.deleteIfExists(folder.resolve("state.json"));
            boards.steps = 0;
            boards.powerAfter = cut == 0 ? Integer.MAX_VALUE : cut;
            Rollout.Manner one = new Rollout.Manner(Duration.ofMillis(1), 1, false);
            if (cut == 0) {
                rollout(fresh(), "", one).run();
                whole = boards.steps;
                assertTrue(whole > 30, "steps " + whole);
                continue;
            }
            try {
                rollout(fresh(), "", one).run();
            } catch (IllegalStateException crashed) {
                assertTrue(crashed.getCause() instanceof PowerCut, crashed.toString());
            }
            boards.powerAfter = Integer.MAX_VALUE;
            RolloutState state = rollout(journal.read(), "", one).run();
            assertEquals(RolloutState.Phase.DONE, state.phase(), "cut after step " + cut + ": " + state.reason());
            assertEquals(8, boards.confirmed.size());
            assertTrue(boards.serving.values().stream().allMatch(digest::equals));
            assertTrue(state.steps().stream().allMatch(step -> step.hash().equals(OLD)), "cut after step " + cut);
        }
    }

    @Test
    void shouldSpreadEveryBoardOverTheWavesOnce() {
        List<BoardId> many = new ArrayList<>();
        for (int i = 0; i < 103; i++) {
            many.add(new BoardId("g", "b" + i));
        }
        List<List<BoardId>> waves = Waves.parse(2, "5%,25%,100%").spread(many, 3);
        assertEquals(List.of(2, 4, 20, 77), waves.stream().map(List::size).toList());
        Set<BoardId> all = new HashSet<>();
        waves.forEach(all::addAll);
        assertEquals(103, all.size());
        assertEquals(waves, Waves.parse(2, "5%,25%,100%").spread(many.reversed(), 3));
        assertEquals(1, Waves.parse(1, "100%").spread(many.subList(0, 1), 3).size());
    }

    @Test
    void shouldRefuseRulesAndWavesThatSayNothingSensible() {
        for (String rule :
                List.of("shoe<1", "accuracy=1", "accuracy<", "offline>200%", "offline<5%", "accuracy<before/2")) {
            assertThrows(IllegalArgumentException.class, () -> HaltRule.parseAll(rule), rule);
        }
        for (String waves : List.of("", "50%", "50%,20%,100%", "0%,100%", "5,100", "100%,100%")) {
            assertThrows(IllegalArgumentException.class, () -> Waves.parse(1, waves), waves);
        }
        assertEquals(2, HaltRule.parseAll("").size());
        assertEquals(3, HaltRule.parseAll("offline>10%,drift>0").size());
    }

    @Test
    void shouldReadWhatItWroteAndSayWhatIsNoState() throws IOException {
        RolloutState state = fresh();
        BoardStep step = state.steps().getFirst();
        state.put(new BoardStep(step.board(), 0, State.STUCK, OLD, Map.of(BoardFigure.ACCURACY, 0.5), "a \"reason\""));
        state.enter(RolloutState.Phase.HALTED, 1, "why");
        journal.write(state);
        RolloutState read = journal.read();
        assertEquals(state.steps(), read.steps());
        assertEquals(RolloutJson.whole(state), RolloutJson.whole(read));
        for (String odd : List.of("", "[]", "{}", "{\"format\":2}", "{\"format\":1,\"id\":\"x\"}", "no json")) {
            Files.writeString(folder.resolve("state.json"), odd);
            IOException failure = assertThrows(IOException.class, journal::read, odd);
            assertTrue(failure.getMessage().contains("state.json is no roll-out's state"), failure.getMessage());
        }
        assertFalse(Files.exists(folder.resolve("state.json.part")));
    }
}
