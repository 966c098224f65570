/**
 * Conventional networks become spiking ones without training: activations become neurons whose thresholds are what the
 * activations reach, maximum pools become loss-free ones, and what one spike says is multiplied into the weights behind it.
 *
 * <pre>
 *  graph of ReLUs ──► ActivationStudy ──► thresholds ──► RateConversion ──► graph of neurons ──► quantise
 *                      real images, or       │
 *                      SyntheticImages       └──► ThresholdSearch asks the integer network itself
 *                                            └──► ThresholdAdjustment raises those of layers that fire too early
 *                 └──► FirstSpikeConversion ──► integer network of one spike a neuron
 * </pre>
 */
package io.spikelet.host.convert;
