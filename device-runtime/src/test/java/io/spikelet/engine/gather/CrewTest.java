package io.spikelet.engine.gather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Threads that share lines, when one of them fails and when they are gone. */
class CrewTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void shouldTellWhatEndedTheShareOfAnotherThread() {
        try (Crew crew = new Crew(2)) {
            IllegalStateException thrown = assertTimeoutPreemptively(
                    LONG,
                    () -> assertThrows(
                            IllegalStateException.class,
                            () -> crew.run(
                                    (first, end) -> {
                                        if (first > 0) {
                                            throw new ArithmeticException("line " + first);
                                        }
                                    },
                                    10)));
            assertEquals("line 5", thrown.getCause().getMessage());
            assertEveryLineOnce(crew);
        }
    }

    @Test
    void shouldRunAllLinesAloneAfterItIsClosed() {
        Crew crew = new Crew(3);
        crew.close();
        assertEveryLineOnce(crew);
    }

    private static void assertEveryLineOnce(Crew crew) {
        AtomicIntegerArray seen = new AtomicIntegerArray(10);
        assertTimeoutPreemptively(
                LONG,
                () -> crew.run(
                        (first, end) -> {
                            for (int line = first; line < end; line++) {
                                seen.incrementAndGet(line);
                            }
                        },
                        10));
        for (int line = 0; line < 10; line++) {
            assertEquals(1, seen.get(line));
        }
    }
}
