/**
 * The layer file: a list of layers in JSON and their tensors in a safetensors file beside it, for what NIR cannot say
 * (docs/layer-file.md).
 */
package io.spikelet.host.layers;
