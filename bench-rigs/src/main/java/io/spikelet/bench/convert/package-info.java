/** What conventional networks lose when they become spiking ones, with a control beside each figure. */
package io.spikelet.bench.convert;
