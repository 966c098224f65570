/**
 * A trained graph in real numbers becomes a network of integers.
 *
 * <pre>
 * Graph ─ Topology: what becomes a layer, in which order, or why it cannot
 *   │  QuantisedWeights: int8 or narrower, one scale an output channel
 *   │  NeuronDynamics: continuous time to steps, in real numbers
 *   │  MembraneFit: one membrane LSB a channel, so that gains are integers; PotentialFit: one LSB for all classes
 *   ▼  MembraneProof: as fine as the worst case over all time steps allows
 * SpikingNetwork + QuantisationReport
 * </pre>
 */
package io.spikelet.host.quantise;
