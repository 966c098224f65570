/**
 * Events of an event camera, from files and while they happen, cut into windows and counted into frames.
 *
 * <pre>
 * EventFiles   .es  EVT2  AEDAT  N-MNIST ─┐                          ┌─ EventFrames   (T, 2, height, width) counts
 * LiveEvents   serial line, TCP          ─┼─ EventSource ─ EventWindows ─ EventCells  active inputs of a step
 * sim.MemoryEvents                       ─┘   µs, x, y, p   time, count└─ EventBuffer  the events themselves
 * </pre>
 *
 * An event is a time in µs, a pixel from the upper left corner, and a polarity, 1 brighter or 0 darker. docs/events.md
 * draws the formats.
 */
package io.spikelet.hal.events;
