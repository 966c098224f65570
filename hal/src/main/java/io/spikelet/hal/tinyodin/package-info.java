/**
 * The driver of tinyODIN (ChFrenkel/tinyODIN), a chip of 256 leaky integrate-and-fire neurons and 64k synapses of 4 bits,
 * programmed over SPI, fed and read by address events; docs/tinyodin.md has its protocol and its hazards.
 *
 * <pre>
 * TinyOdin (a layer, as a CoProcessor) ─▶ OdinHost (words, bursts, events) ─▶ SpiPort    SpidevPort    sim.SimTinyOdin
 *                                                                             EventPort  LinePort ─▶ Lines: a link,
 *                                                                                        a transcript, one being recorded
 * </pre>
 */
package io.spikelet.hal.tinyodin;
