/** Simulators of the ports: a store that loses power, links and a broker in memory, a chip at its pins. */
package io.spikelet.hal.sim;
