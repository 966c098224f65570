package io.spikelet.hal.mqtt;

import io.spikelet.hal.MessageLink.Message;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** Received messages that wait for a reader: bounded in number and in bytes, and told when no more can come. */
final class Inbox {
    private final int maxMessages;
    private final long maxBytes;
    private final Queue<Message> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long dropped;
    private boolean ended;

    Inbox(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Takes a message in, or drops and counts it when there is no room. */
    synchronized void add(Message message) {
        long bytes = bytes(message);
        if (waiting.size() >= maxMessages || waitingBytes + bytes > maxBytes) {
            dropped++;
            return;
        }
        waiting.add(message);
        waitingBytes += bytes;
        notifyAll();
    }

    /** The next message; null when none came in time, or when none can come any more. */
    synchronized Message poll(int timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (waiting.isEmpty() && !ended) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        Message next = waiting.poll();
        if (next != null) {
            waitingBytes -= bytes(next);
        }
        return next;
    }

    /** No message comes any more; those that wait can still be had. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized boolean isSpent() {
        return ended && waiting.isEmpty();
    }

    synchronized long dropped() {
        return dropped;
    }

    private static long bytes(Message message) {
        return message.payload().length + 2L * message.topic().length();
    }
}
