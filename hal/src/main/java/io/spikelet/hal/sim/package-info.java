/** Simulators of the ports: a store that loses power, links and a broker in memory. */
package io.spikelet.hal.sim;
