/** The fleet's verbs of {@code spikelet}. */
package io.spikelet.host.fleet.verb;
