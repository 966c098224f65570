package io.spikelet.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loses power at every operation of every transition: what is found afterwards is the state before or after it. */
class SlotsPowerCutTest {
    private static final byte[] OLD = TestImages.image("1.0.0", 1);
    private static final byte[] NEW = TestImages.image("2.0.0", 2);

    interface Step {
        void on(Slots slots) throws Exception;
    }

    /** A transition: how to get to the state before it, and the transition itself. */
    record Transition(String name, List<Step> before, Step step) {
        boolean resumable() {
            return name.startsWith("upload");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static void upload(Slots slots, byte[] image) throws Exception {
        int at = slots.begin(image.length, TestImages.sha256(image)).offset();
        while (at < image.length) {
            at = slots.append(at, Arrays.copyOfRange(image, at, Math.min(image.length, at + 37)))
                    .offset();
        }
    }

    private static void test(Slots slots, byte[] image) throws Exception {
        slots.stage(TestImages.hash(image), false);
    }

    static Stream<Transition> transitions() {
        List<Step> running =
                List.of(s -> upload(s, OLD), s -> test(s, OLD), s -> s.boot(ImageProof.NONE), Slots::confirm);
        List<Step> uploaded = plus(running, s -> upload(s, NEW));
        List<Step> pending = plus(uploaded, s -> test(s, NEW));
        List<Step> trial = plus(pending, s -> s.boot(ImageProof.NONE));
        List<Step> permanent = plus(uploaded, s -> s.stage(TestImages.hash(NEW), true));
        Step half = s -> {
            s.begin(NEW.length, TestImages.sha256(NEW));
            s.append(0, Arrays.copyOf(NEW, NEW.length - 5));
        };
        return Stream.of(
                new Transition("upload to an empty board", List.of(), s -> upload(s, OLD)),
                new Transition("upload over a running image", running, s -> upload(s, NEW)),
                new Transition("upload over a staged image", uploaded, s -> upload(s, TestImages.image("3.0.0", 3))),
                new Transition(
                        "last bytes of an upload",
                        plus(uploaded, s -> s.begin(OLD.length, TestImages.sha256(OLD))),
                        s -> s.append(0, OLD)),
                new Transition("refused upload", uploaded, s -> {
                    s.begin(OLD.length, TestImages.sha256(new byte[1]));
                    try {
                        s.append(0, OLD);
                    } catch (SlotRefusedException e) {
                        assertEquals(SlotRefusedException.Reason.DIGEST, e.reason());
                    }
                }),
                new Transition("test", uploaded, s -> test(s, NEW)),
                new Transition("permanent", uploaded, s -> s.stage(TestImages.hash(NEW), true)),
                new Transition("boot into a trial", pending, s -> s.boot(ImageProof.NONE)),
                new Transition("boot for good", permanent, s -> s.boot(ImageProof.NONE)),
                new Transition("confirm", trial, Slots::confirm),
                new Transition("revert", trial, s -> s.boot(ImageProof.NONE)),
                new Transition("erase", uploaded, Slots::erase),
                new Transition("erase with half an upload", plus(running, half), Slots::erase));
    }

    private static List<Step> plus(List<Step> steps, Step more) {
        return Stream.concat(steps.stream(), Stream.of(more)).toList();
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void shouldLeaveTheOldOrTheNewStateWhereverPowerIsCut(Transition transition) throws Exception {
        SimStore before = prepared(transition);
        String old = observed(before);
        SimStore after = prepared(transition);
        transition.step().on(open(after));
        Set<String> allowed = new HashSet<>(List.of(old, observed(after)));
        allowed.add(observed(cutInTheProof(transition)));
        int cuts = 0;
        for (boolean afterTheOperation : new boolean[] {false, true}) {
            boolean lost = true;
            for (int operation = 0; lost; operation++) {
                SimStore store = prepared(transition);
                store.losePowerAt(operation, afterTheOperation);
                lost = runUntilTheCut(transition, store);
                store.restorePower();
                String found = observed(store);
                assertTrue(allowed.contains(found), () -> "found " + found + ", allowed are " + allowed);
                if (lost) {
                    cuts++;
                    finishAfterTheCut(transition, store);
                }
            }
        }
        assertTrue(cuts >= 2, "a transition changes something");
    }

    /** Power that goes while an image is proved leaves a trial, which the next start reverts. */
    private static SimStore cutInTheProof(Transition transition) throws Exception {
        SimStore store = prepared(transition);
        if (transition.name().contains("boot")) {
            assertThrows(
                    IOException.class,
                    () -> open(store).boot(image -> {
                        throw new IOException("the power is gone");
                    }));
        }
        return store;
    }

    /** After a cut the same request is made again, as a host does; it must not be worse off than at first. */
    private static void finishAfterTheCut(Transition transition, SimStore store) throws Exception {
        if (!transition.resumable()) {
            return;
        }
        try {
            transition.step().on(open(store));
        } catch (SlotRefusedException e) {
            throw new AssertionError("a repeated upload is taken", e);
        }
        SimStore straight = prepared(transition);
        transition.step().on(open(straight));
        assertEquals(observed(straight), observed(store));
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void shouldKeepNoFileThatNothingNames(Transition transition) throws Exception {
        boolean lost = true;
        for (int operation = 0; lost; operation++) {
            SimStore store = prepared(transition);
            store.losePowerAt(operation, true);
            lost = runUntilTheCut(transition, store);
            store.restorePower();
            open(store);
            BootRecord record = BootRecordCodec.decode(
                    store.read(BootRecord.FILE).orElseGet(() -> BootRecordCodec.encode(BootRecord.EMPTY)));
            for (String name : store.list()) {
                assertTrue(name.equals(BootRecord.FILE) || record.names(name), name);
            }
        }
    }

    @Test
    void shouldGoOnAtTheDurableOffsetOrStartAnewWhenAnEraseIsCut() throws Exception {
        int half = NEW.length / 2;
        for (int operation = 0; operation < 4; operation++) {
            SimStore store = new SimStore();
            Slots slots = open(store);
            slots.begin(NEW.length, TestImages.sha256(NEW));
            slots.append(0, Arrays.copyOf(NEW, half));
            store.losePowerAt(operation, false);
            runUntilTheCut(new Transition("erase", List.of(), Slots::erase), store);
            store.restorePower();
            int offset = open(store).begin(NEW.length, TestImages.sha256(NEW)).offset();
            assertEquals(operation == 0 ? half : 0, offset, "cut at operation " + operation);
        }
    }

    private static boolean runUntilTheCut(Transition transition, SimStore store) throws Exception {
        try {
            transition.step().on(open(store));
        } catch (IOException e) {
            if (!store.lostPower()) {
                throw e;
            }
        }
        return store.lostPower();
    }

    private static Slots open(SimStore store) throws IOException {
        return Slots.open(store, new TestImages());
    }

    private static SimStore prepared(Transition transition) throws Exception {
        SimStore store = new SimStore();
        for (Step step : transition.before()) {
            step.on(open(store));
        }
        return store;
    }

    /** What a host sees of the slots, and that every named image is whole. */
    private static String observed(SimStore store) throws Exception {
        Slots slots = open(store);
        StringBuilder seen = new StringBuilder(slots.swapState() + " counter " + slots.securityCounter());
        for (SlotState state : slots.state()) {
            byte[] file = store.read(BootRecord.fileName(state.image().file())).orElseThrow();
            assertEquals(state.image().fileDigest(), TestImages.sha256(file));
            seen.append(" | ")
                    .append(state.slot())
                    .append(' ')
                    .append(state.image().version());
            seen.append(state.pending() ? " pending" : "").append(state.confirmed() ? " confirmed" : "");
            seen.append(state.permanent() ? " permanent" : "");
        }
        return seen.toString();
    }
}
