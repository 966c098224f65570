/**
 * An image brought to a fleet in waves that stop by themselves.
 *
 * <pre>
 *  for each wave (the canary, then growing shares)
 *    each board   upload ─▶ restart with the image on trial            SMP over MQTT
 *    soak         the store is asked: online? serves it? rules hold?   HealthGate
 *      all well ─▶ each board confirms                                 it stays
 *      an alarm ─▶ each board on trial restarts, and so goes back      the roll-out halts
 * </pre>
 *
 * Every step of every board is in the state file before it begins, so the same command goes on after a crash.
 */
package io.spikelet.host.fleet.rollout;
