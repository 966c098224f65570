/**
 * {@code spikelet bench fuzz}: hostile bytes on every link of a board, and whether it serves on.
 *
 * <pre>
 * HostileMessages ─ HostileFrames ─▶ FuzzEnd (stream, UDP, MQTT) ─▶ board ─▶ echo, health ─▶ FuzzResult
 * </pre>
 */
package io.spikelet.bench.fuzz;
