/** How fast instruments are kept up with: streams at true pace through a pseudo-terminal, from a process of their own. */
package io.spikelet.bench.meters;
