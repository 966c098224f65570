/**
 * A board: its slots, its model and its links, served by one duty cycle (docs/board.md).
 *
 * <pre>
 * SerialService, UdpService, TcpService ─┐                ┌─ groups ─ Board ─ Slots, RunningModel ─ Store
 *                                        ├─ DutyCycle ─ SmpServer
 * MqttService ───────────────────────────┘       └─ EdgeNode (telemetry)
 * </pre>
 *
 * The link threads only carry messages; everything that has a state is touched by the duty cycle's thread alone.
 */
package io.spikelet.device;
