/**
 * Front ends in integers: what a board makes of raw sensor samples before a network sees them.
 *
 * <pre>
 * EmgFeatures    ─┐ (window, channels) samples  ──▶ (features) Q8
 * SpeechFeatures ─┘ one utterance               ──▶ (features) Q8 ──▶ OnOffScaling ──▶ one byte an input
 *      └─ PowerSpectrum, FilterBank
 * </pre>
 *
 * Memory is taken once; extracting allocates nothing. Tables are made by StrictMath at load, so that every processor gives
 * the same features. Equations F1–F3 in docs/adaptation.md.
 */
package io.spikelet.feature;
