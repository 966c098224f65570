package io.spikelet.host.link;

/**
 * What one layer took and did over one sample on a board.
 *
 * @param name the layer's
 * @param nanos it took; those of layers that are computed together stand at the last of them
 * @param spikes it fired
 * @param synapticOperations it did
 */
public record LayerProfile(String name, long nanos, long spikes, long synapticOperations) {}
