package io.spikelet.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.sim.SimStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final long BYTES = Outbox.LEAST_BYTES;

    private final SimStore store = new SimStore();

    private static long add(Outbox outbox, String text) throws IOException {
        long number = outbox.nextNumber();
        outbox.add(new TelemetryRecord(
                number,
                new Stamp(outbox.start(), true, ManualClock.NOW + number),
                Map.of(
                        BoardMetric.MODEL_NAME, Reading.of(text),
                        BoardMetric.ACCURACY, Reading.of(0.25),
                        BoardMetric.LATENCY, Reading.of(12L),
                        BoardMetric.TEMPERATURE, Reading.absent("no sensor"))));
        return number;
    }

    private static List<TelemetryRecord> drain(Outbox outbox) throws IOException {
        List<TelemetryRecord> all = new ArrayList<>();
        Optional<TelemetryRecord> next = outbox.after(outbox.confirmed());
        while (next.isPresent()) {
            all.add(next.get());
            next = outbox.after(next.get().number());
        }
        return all;
    }

    private static List<Long> numbers(Outbox outbox) throws IOException {
        return drain(outbox).stream().map(TelemetryRecord::number).toList();
    }

    @Test
    void shouldKeepARecordAsItWasAcrossAStart() throws Exception {
        Outbox outbox = Outbox.open(store, BYTES);
        add(outbox, "model");
        TelemetryRecord before = drain(outbox).getFirst();
        outbox.flush();
        assertEquals(List.of(before), drain(Outbox.open(store, BYTES)));
    }

    @Test
    void shouldWriteNothingWhileTheBrokerTakesEachRecord() throws Exception {
        Outbox outbox = Outbox.open(store, BYTES);
        long before = store.operations();
        for (int i = 0; i < 5000; i++) {
            outbox.confirm(add(outbox, "text " + i));
            outbox.flush();
        }
        assertEquals(before, store.operations());
        assertEquals(0, outbox.waiting());
        assertEquals(0, outbox.dropped());
    }

    @Test
    void shouldNumberRecordsWithoutAGapAndNeverTheSameTwice() throws Exception {
        Outbox first = Outbox.open(store, BYTES);
        long one = add(first, "a");
        assertEquals(one + 1, add(first, "b"));
        Outbox second = Outbox.open(store, BYTES);
        assertTrue(add(second, "c") > one + 1, "what memory alone had is lost, its numbers are not used again");
        assertEquals(1L << 32 | 1, one);
    }

    @Test
    void shouldSendOldestFirstFromTheStoreThenFromMemory() throws Exception {
        Outbox outbox = Outbox.open(store, 1 << 20);
        List<Long> added = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            added.add(add(outbox, "text " + i));
            if (i % 100 == 0) {
                outbox.flush();
            }
        }
        assertEquals(added, numbers(outbox));
        outbox.flush();
        Outbox again = Outbox.open(store, 1 << 20);
        assertEquals(added, numbers(again));
        again.confirm(added.get(1499));
        assertEquals(added.subList(1500, 3000), numbers(again));
        assertEquals(1500, again.waiting());
    }

    @Test
    void shouldDropTheOldestAndCountThemWhenTheBoundIsReached() throws Exception {
        Outbox outbox = Outbox.open(store, BYTES);
        int added = 8000;
        for (int i = 0; i < added; i++) {
            add(outbox, "text " + i);
        }
        outbox.flush();
        List<TelemetryRecord> left = drain(outbox);
        assertTrue(left.size() > 1000, "left " + left.size());
        assertEquals(added, left.size() + outbox.dropped());
        assertEquals(Reading.of("text 7999"), left.getLast().readings().get(BoardMetric.MODEL_NAME));
        assertTrue(stored() <= BYTES, stored() + " bytes");
        Outbox again = Outbox.open(store, BYTES);
        assertEquals(outbox.dropped(), again.dropped());
        assertEquals(left, drain(again));
    }

    private long stored() throws IOException {
        long bytes = 0;
        for (String file : store.list()) {
            bytes += file.endsWith(".seg") ? store.size(file) : 0;
        }
        return bytes;
    }

    @Test
    void shouldLeaveNoFileBehindOnceAllAreConfirmed() throws Exception {
        Outbox outbox = Outbox.open(store, BYTES);
        for (int i = 0; i < 1000; i++) {
            add(outbox, "text");
        }
        outbox.flush();
        outbox.confirm(outbox.last());
        assertEquals(0, stored());
    }

    @Test
    void shouldGiveAgainWhatTheHostLacksAsLongAsMemoryHasIt() throws Exception {
        Outbox outbox = Outbox.open(store, BYTES);
        for (int i = 0; i < 10; i++) {
            outbox.confirm(add(outbox, "text"));
        }
        long host = outbox.last() - 4;
        outbox.rewind(host);
        assertEquals(4, drain(outbox).size());
        assertEquals(host + 1, drain(outbox).getFirst().number());
    }

    /** The power goes at each operation in turn, before it and after it, in a course with every kind of operation. */
    @Test
    void shouldLoseNothingThatWasFlushedAtAnyPowerCut() throws Exception {
        long operations = course(Long.MAX_VALUE, false);
        assertTrue(operations > 40, operations + " operations");
        for (long cut = 0; cut < operations; cut++) {
            course(cut, false);
            course(cut, true);
        }
    }

    private static long course(long cut, boolean afterIt) throws IOException {
        SimStore store = new SimStore();
        if (cut != Long.MAX_VALUE) {
            store.losePowerAt(cut, afterIt);
        }
        List<Long> made = new ArrayList<>();
        long flushed = 0;
        long confirmed = 0;
        long dropped = 0;
        try {
            Outbox outbox = Outbox.open(store, BYTES);
            for (int i = 0; i < 1600; i++) {
                made.add(add(outbox, "a text of some length so that segments fill " + i));
                if (i % 40 == 39) {
                    outbox.flush();
                }
                flushed = outbox.durable();
                if (i % 200 == 199 && i < 1000) {
                    confirmed = made.get(i / 2);
                    outbox.confirm(confirmed);
                    outbox.keep();
                }
                dropped = outbox.dropped();
            }
        } catch (IOException cutOff) {
            assertTrue(store.lostPower(), cutOff.toString());
        }
        long operations = store.operations();
        store.restorePower();
        Outbox after = Outbox.open(store, BYTES);
        List<Long> left = numbers(after);
        for (int i = 1; i < left.size(); i++) {
            assertEquals(left.get(i - 1) + 1, left.get(i), "in order and whole, cut " + cut);
        }
        assertTrue(after.dropped() >= dropped, "cut " + cut);
        if (flushed > 0 && flushed > confirmed) {
            assertTrue(!left.isEmpty() && left.getLast() >= flushed, "what was flushed is there, cut " + cut);
            long missing = left.getFirst() - made.getFirst();
            assertTrue(
                    missing == 0 || left.getFirst() <= confirmed + 1 + after.dropped(),
                    "what is missing was confirmed or is counted, cut " + cut);
        }
        assertTrue(
                add(after, "next")
                        > made.stream().mapToLong(Long::longValue).max().orElse(0),
                "cut " + cut);
        return operations;
    }

    @Test
    void shouldCountWhatADamagedSegmentHeld() throws Exception {
        Outbox outbox = Outbox.open(store, 1 << 20);
        List<Long> added = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            added.add(add(outbox, "text " + i));
        }
        outbox.flush();
        String middle = store.list().stream()
                .filter(file -> file.endsWith(".seg"))
                .toList()
                .get(1);
        byte[] bytes = store.read(middle).orElseThrow();
        bytes[bytes.length / 2] ^= 1;
        store.write(middle, bytes);
        Outbox again = Outbox.open(store, 1 << 20);
        List<Long> left = numbers(again);
        assertTrue(left.size() < added.size());
        assertEquals(added.size(), left.size() + again.dropped());
        assertEquals(added.getLast(), left.getLast());
    }

    @Test
    void shouldReadOnWhenAFileHoldsAnything() throws Exception {
        Random random = new Random(20_260_301);
        for (int round = 0; round < 300; round++) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            store.write("outbox-000001.seg", noise);
            if (round < 5) {
                store.write(OutboxProgress.FILE, noise);
            }
            Outbox outbox = Outbox.open(store, BYTES);
            long number = add(outbox, "text");
            outbox.flush();
            assertEquals(number, drain(Outbox.open(store, BYTES)).getLast().number());
            for (String file : store.list()) {
                store.delete(file);
            }
        }
    }

    @Test
    void shouldStayInMemoryWhileTheStoreTakesNothingAndCountWhatItDrops() throws Exception {
        Outbox outbox = Outbox.open(store, BYTES);
        add(outbox, "text");
        store.losePowerAt(0, false);
        assertThrows(IOException.class, outbox::flush);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            try {
                add(outbox, "text " + i);
            } catch (IOException noRoom) {
                refused++;
            }
        }
        assertTrue(refused > 0);
        store.restorePower();
        add(outbox, "last");
        outbox.flush();
        List<Long> left = numbers(outbox);
        assertEquals(3002, left.size() + outbox.dropped());
        assertEquals(left, numbers(Outbox.open(store, BYTES)));
    }
}
