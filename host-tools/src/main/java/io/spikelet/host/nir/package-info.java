/**
 * Reads the Neuromorphic Intermediate Representation, HDF5 files of named nodes and edges.
 *
 * <pre>
 * file → NirFile (bytes, HDF5) → NodeReader (typed fields) → NestedGraph → flattened → repaired → checked → Graph
 * </pre>
 */
package io.spikelet.host.nir;
