/**
 * Reads ONNX files. {@link io.spikelet.host.onnx.OnnxImporter} gives the float graph: a file's nodes are translated one
 * by one, each tensor name standing for a constant or for an {@code Activation} that knows which nodes of the graph give
 * it and how its extents lie in theirs.
 */
package io.spikelet.host.onnx;
