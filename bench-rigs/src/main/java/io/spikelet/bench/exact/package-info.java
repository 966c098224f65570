/**
 * Whether networks answer bit for bit alike on all families of kernels, on several threads, and on another processor.
 *
 * <pre>
 * ExactCommand ── ExactCase (network + samples) ──▶ AnswerDigest on each contestant ──▶ one line a case
 * </pre>
 */
package io.spikelet.bench.exact;
