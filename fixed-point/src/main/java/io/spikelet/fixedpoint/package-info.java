/** F. */
package io.spikelet.fixedpoint;
