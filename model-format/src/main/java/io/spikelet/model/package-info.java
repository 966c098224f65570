/**
 * The integer network as plain records, and its Protocol Buffers form.
 *
 * <pre>
 * SpikingNetwork ─ layers ─ Layer ─ Operation
 *      │    what it reads and adds up:  Input, Dense, Conv2d (WeightKind, LogKernel)
 *      │    what it pools and joins:    Pool2d, VotePool, Join, CurrentAdd, Delay
 *      │    what fires, what gates:     Neuron, FirstSpike, AttentionGate
 *      │  NetworkCheck: may it run?  Bounds: what its integers can become
 *      │  NetworkCodec: records ⇄ model.proto bytes
 *      ▼
 * container.ModelImage: MCUboot header ‖ payload ‖ TLVs (SHA-256, Ed25519)
 * </pre>
 */
package io.spikelet.model;
