package io.spikelet.host.quantise;

import io.spikelet.host.report.QuantisationReport;
import io.spikelet.model.SpikingNetwork;

/**
 * What quantising gives.
 *
 * @param network passes {@link io.spikelet.model.NetworkCheck}; ready to be written into an image
 * @param report what it cost in accuracy and what it will cost to run
 */
public record QuantisedModel(SpikingNetwork network, QuantisationReport report) {}
