/** What is in a model, counted and measured: layers of an image, nodes of a graph. */
package io.spikelet.host.inspect;
