/**
 * Arithmetic over rows of int8 weights that lie (inputs, outputs): what a dense layer adds for an event and what a learner
 * does to a row, in plain Java and on vectors, bit for bit the same.
 */
package io.spikelet.engine.rows;
