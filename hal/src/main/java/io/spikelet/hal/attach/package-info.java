/** Co-processors by the words that a person gives. */
package io.spikelet.hal.attach;
