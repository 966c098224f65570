/**
 * The Simple Management Protocol (SMP) of MCUboot and Zephyr, used by both ends of every link; docs/wire.md has each
 * field.
 *
 * <pre>
 * serial bytes ─ SerialDeframer ─▶ message ─ SmpMessage ─▶ header + CBOR map ─▶ SmpRequest ─▶ SmpGroup
 * serial bytes ◀─ SerialFrames ── message ◀─ SmpMessage ── header + CBOR map ◀───── answer ◀─────┘
 *                                └────────────────── SmpServer.handle ──────────────────────┘
 * </pre>
 *
 * A message travels unframed over links that keep messages apart (MQTT); only a serial line needs the frames.
 */
package io.spikelet.smp;
