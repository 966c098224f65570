/** Runs a graph in float32, step by step: what the integer network is measured against. */
package io.spikelet.host.reference;
