/** A board as a process of its own on this machine, for the journey, tests and rigs. */
package io.spikelet.bench.board;
