/** The whole journey. */
package io.spikelet.bench;
