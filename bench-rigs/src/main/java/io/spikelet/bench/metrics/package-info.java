/**
 * What an image costs, counted on real samples by NeuroBench's definitions, and what published models make of the counts.
 * Nothing here is measured energy: a {@link io.spikelet.bench.metrics.ModelledEnergy} always carries its model's name.
 *
 * <pre>
 * image, samples → {@link io.spikelet.bench.metrics.ImageMetrics} (counts with denominators)
 *                     → {@link io.spikelet.bench.metrics.EnergyModels} (µJ an inference, by model)
 *                     → {@link io.spikelet.bench.metrics.SataEstimate} (inference and training on one accelerator)
 * </pre>
 *
 * Definitions, constants and their sources are in docs/metrics.md.
 */
package io.spikelet.bench.metrics;
