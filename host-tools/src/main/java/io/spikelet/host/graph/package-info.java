/** A trained network as an importer gives it: named nodes, real numbers, edges. */
package io.spikelet.host.graph;
