/** What all host tools share: telling how far they are. */
package io.spikelet.host;
