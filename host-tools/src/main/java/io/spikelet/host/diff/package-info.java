/**
 * What differs between two models: two images, two graphs, or an image and the graph that it may have been made of. Layers
 * and nodes are told apart by their names; numbers that are stored once, once a channel or once a neuron are compared as
 * what they mean.
 */
package io.spikelet.host.diff;
