package io.spikelet.host.link;

/**
 * A line of a board's own log.
 *
 * @param index counted since the board's process began
 * @param epochMicros since 1970 as far as the board knows
 * @param level 0 debug, 1 info, 2 warning, 3 error
 * @param text without line breaks of its own
 */
public record LogLine(long index, long epochMicros, int level, String text) {}
