/**
 * {@code spikelet}: finds the verbs, runs the one asked for, and says in one sentence what went wrong.
 *
 * <p>Exit codes: 0 done; 1 the thing asked for failed; 2 bad input or use; 70 a fault of ours.
 */
package io.spikelet.host.cli;
