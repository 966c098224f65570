package io.spikelet.hal.sim;

/**
 * tinyODIN's queue of events. The one in process keeps its place until it is done, so 127 more fit behind it; what comes
 * to a full queue is lost, and nothing outside the chip tells.
 */
final class OdinScheduler {
    static final int DEPTH = 128;

    private final int[] events = new int[DEPTH];
    private int head;
    private int size;
    private long lost;

    void push(int event) {
        if (full()) {
            lost++;
            return;
        }
        events[(head + size) % DEPTH] = event;
        size++;
    }

    int first() {
        return events[head];
    }

    void pop() {
        head = (head + 1) % DEPTH;
        size--;
    }

    boolean full() {
        return size == DEPTH;
    }

    boolean empty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    long lost() {
        return lost;
    }
}
