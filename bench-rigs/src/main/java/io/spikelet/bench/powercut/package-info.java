/**
 * A real board process that adapts, killed again and again while it learns, beside a twin in this process that is never
 * killed.
 */
package io.spikelet.bench.powercut;
