package io.spikelet.host.report;

import java.util.Optional;

/**
 * What one layer of an integer network did on samples.
 *
 * @param layer its name
 * @param margin of its accumulators or membranes; nothing for layers that have neither
 * @param operations of its weights, a sample; nothing for layers without
 * @param sparsity for layers that fire: the share of values that were 0, over neurons, steps and samples
 */
public record LayerActivity(
        String layer, Optional<Margin> margin, Optional<SynapticOperations> operations, Optional<Double> sparsity) {}
