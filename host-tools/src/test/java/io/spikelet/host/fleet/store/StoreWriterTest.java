package io.spikelet.host.fleet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.Reading;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWriterTest {
    private static final BoardId BOARD = new BoardId("g", "n");

    @TempDir
    private Path folder;

    private static List<Reading> message(int i) {
        return List.of(new Reading(BOARD, "a", i, i, null));
    }

    /** A store whose writes go through something first. */
    private static FleetStore guarded(FleetStore store, Guard guard) {
        return (FleetStore) Proxy.newProxyInstance(
                StoreWriterTest.class.getClassLoader(), new Class<?>[] {FleetStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        guard.beforeWrite();
                    }
                    return method.invoke(store, arguments);
                });
    }

    private interface Guard {
        void beforeWrite() throws Exception;
    }

    @Test
    void shouldTellThatTheCollectorIsAliveOnlyWhileTheStoreTakesWhatItWrites() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        try (FleetStore store = JdbcFleetStore.open(folder.resolve("fleet.db").toString())) {
            FleetStore failing = guarded(store, () -> {
                if (refusals.getAndIncrement() < 1) {
                    throw new IOException("the disk is full");
                }
            });
            List<CollectorBeat> asked = new CopyOnWriteArrayList<>();
            try (StoreWriter writer = new StoreWriter(failing, new Fleet())) {
                writer.tellAlive(() -> {
                    asked.add(new CollectorBeat("h", List.of(), 0, 1, refusals.get()));
                    return Optional.of(asked.getLast());
                });
                writer.add(message(1));
                while (store.beats().isEmpty()) {
                    Thread.sleep(20);
                }
                assertEquals(2, store.beats().getFirst().at(), "not before the store took the batch");
            }
        }
    }

    @Test
    void shouldLoseNothingWhenTheStoreFailsForAWhile() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        try (FleetStore store = JdbcFleetStore.open(folder.resolve("fleet.db").toString())) {
            FleetStore failing = guarded(store, () -> {
                if (failures.getAndIncrement() < 2) {
                    throw new IOException("the disk is full");
                }
            });
            try (StoreWriter writer = new StoreWriter(failing, new Fleet())) {
                for (int i = 0; i < 1000; i++) {
                    writer.add(message(i));
                }
                while (writer.stored() < 1000) {
                    Thread.sleep(10);
                }
                assertEquals(0, writer.dropped());
                assertEquals("", writer.trouble());
            }
            List<Reading> all = new ArrayList<>();
            store.export(BOARD, 0, 10_000, all::add);
            assertEquals(1000, all.size());
            assertTrue(failures.get() > 2);
        }
    }

    @Test
    void shouldCountEveryReadingThatFindsNoRoomAndWriteAllOthersBeforeItEnds() throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        int offered = StoreWriter.MAX_WAITING_MESSAGES + 5000;
        long kept;
        long dropped;
        try (FleetStore store = JdbcFleetStore.open(folder.resolve("fleet.db").toString())) {
            FleetStore slow = guarded(store, () -> {
                inHand.countDown();
                goOn.await(60, TimeUnit.SECONDS);
            });
            try (StoreWriter writer = new StoreWriter(slow, new Fleet())) {
                writer.add(message(0));
                assertTrue(inHand.await(60, TimeUnit.SECONDS), "the writer waits for the store");
                for (int i = 1; i < offered; i++) {
                    writer.add(message(i));
                }
                dropped = writer.dropped();
                goOn.countDown();
            }
            AtomicInteger all = new AtomicInteger();
            store.export(BOARD, 0, Long.MAX_VALUE, _ -> all.incrementAndGet());
            kept = all.get();
        }
        assertTrue(dropped > 0, "dropped " + dropped);
        assertEquals(offered, kept + dropped);
    }
}
