/**
 * A board as a Sparkplug B edge node (docs/board.md has the metrics).
 *
 * <pre>
 * InferenceWindow ─┐
 * Thermometer …    ├─ BoardMetric → Reading ─ EdgeNode ─ NBIRTH, NDATA, NDEATH ─▶ MessageLink
 * boot report      ┘                            ▲
 *                                NCMD rebirth ──┘
 * </pre>
 */
package io.spikelet.telemetry;
