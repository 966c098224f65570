/**
 * Learning that is safe to leave alone on a board: what it keeps of the past, and what keeps it from getting worse
 * (docs/adaptation-service.md). It uses the learner; boards use it.
 */
package io.spikelet.adapt;
