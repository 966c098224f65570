/** {@code spikelet bench crossbar}: what networks lose on memristive crossbars, and what wins it back. */
package io.spikelet.bench.crossbar;
