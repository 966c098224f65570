/**
 * {@code spikelet bench fleet}: thousands of simulated boards against one collector, counted from end to end.
 *
 * <pre>
 * SimulatedFleet ═ MQTT ═▶ mosquitto ═▶ collector ─▶ store ─▶ Delivery: each count of each board is there, or not
 *        one thread                          └─▶ page ─▶ PageProbe: how old what a browser sees is
 * </pre>
 */
package io.spikelet.bench.fleet;
