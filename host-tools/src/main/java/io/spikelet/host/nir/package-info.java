/**
 * Reads and writes the Neuromorphic Intermediate Representation, HDF5 files of named nodes and edges.
 *
 * <pre>
 * file → NirFile (bytes, HDF5) → NodeReader (typed fields) → NestedGraph → flattened → repaired → checked → Graph
 * Graph → NirNames, SpikeMaxima (what NIR can say) → NirForm (shapes spelt out) → NirWriter → read again, compared → file
 * </pre>
 */
package io.spikelet.host.nir;
