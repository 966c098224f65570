/**
 * Talking to a board, whatever lies between.
 *
 * <pre>
 * BoardClient ─ SmpClient ─ SmpTransport ─┬─ SerialTransport ─ ByteLink      serial:PATH
 * (typed)       (retries)                 └─ MqttTransport ─── MessageLink   mqtt:HOST/DEVICE
 * </pre>
 *
 * A request goes out until its answer comes, a bounded number of times; the same sequence number marks each try, so
 * that a late answer to an early try counts and every other one is ignored. Commands that must not run twice (reset)
 * go out once.
 */
package io.spikelet.host.link;
