/**
 * One board, live: {@link io.spikelet.host.monitor.PolledBoard} asks over SMP,
 * {@link io.spikelet.host.monitor.FollowedBoard} listens to Sparkplug, and both fill a
 * {@link io.spikelet.host.monitor.BoardView} that a screen, lines or JSON show.
 */
package io.spikelet.host.monitor;
