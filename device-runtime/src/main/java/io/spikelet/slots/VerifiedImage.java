package io.spikelet.slots;

import io.spikelet.model.SpikingNetwork;

/**
 * What is known of an image after every check.
 *
 * @param hash SHA-256 of header and body, hex
 * @param version its semantic version as text
 * @param network the network inside
 */
public record VerifiedImage(String hash, String version, SpikingNetwork network) {}
