/** Streams of labels that would ruin a model which learned them, and what the adaptation service makes of them. */
package io.spikelet.bench.guard;
