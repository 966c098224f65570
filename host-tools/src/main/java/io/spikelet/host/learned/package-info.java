/** What a board learned, brought back into the trained model that its image was made of. */
package io.spikelet.host.learned;
