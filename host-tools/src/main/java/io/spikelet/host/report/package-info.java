/**
 * How well a network does: accuracy in float and in integers, where the two part, what an inference costs, and all of
 * it as a page that a person reads.
 */
package io.spikelet.host.report;
