package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.spikelet.hal.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrialWatchTest {
    private static final long LIMIT_MILLIS = 40;

    private final AtomicLong now = new AtomicLong();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return now.get();
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    };

    private TrialWatch watch() {
        return new TrialWatch(clock, LIMIT_MILLIS, new TrialWatch.Ending() {
            @Override
            public void hung(String sentence) {
                told.add("hung: " + sentence);
            }

            @Override
            public void failed(String sentence) {
                told.add("failed: " + sentence);
            }
        });
    }

    private void pass(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void shouldEndWhatTakesLongerThanTheLimit() throws Exception {
        try (TrialWatch watch = watch()) {
            watch.begin("the self-test of 1.0.0");
            pass(LIMIT_MILLIS + 1);
            assertEquals("hung: the self-test of 1.0.0 took longer than 0.04 s", told.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldLetWhatEndsInTimeGoHoweverOftenItIsBegun() throws Exception {
        try (TrialWatch watch = watch()) {
            for (int i = 0; i < 20; i++) {
                watch.begin("an inference");
                pass(LIMIT_MILLIS);
                TimeUnit.MILLISECONDS.sleep(5);
                watch.end();
                pass(LIMIT_MILLIS * 10);
            }
            assertNull(told.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void shouldTellAFaultAtOnce() {
        try (TrialWatch watch = watch()) {
            watch.begin("an inference of 2.0.0 on trial");
            watch.failed(new ArithmeticException("/ by zero"));
            assertEquals(
                    "failed: an inference of 2.0.0 on trial failed: java.lang.ArithmeticException: / by zero",
                    told.poll());
        }
    }
}
