/**
 * The integer network as plain records, and its Protocol Buffers form.
 *
 * <pre>
 * SpikingNetwork ─ layers ─ Layer ─ Operation (Input, Dense, Conv2d, SumPool2d, Neuron)
 *      │  NetworkCodec: records ⇄ model.proto bytes
 *      ▼
 * container.ModelImage: MCUboot header ‖ payload ‖ TLVs (SHA-256, Ed25519)
 * </pre>
 */
package io.spikelet.model;
