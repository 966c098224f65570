/** Holds the arrows between our modules: which part may know which, and what a vendor's library may touch. */
package io.spikelet.bench.arrows;
