/** Simulators of the ports: a store that loses power, links and a broker in memory, chips at their pins, a meter that knows the answer. */
package io.spikelet.hal.sim;
