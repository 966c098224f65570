/** What all host tools share: telling how far they are, writing files whole. */
package io.spikelet.host;
