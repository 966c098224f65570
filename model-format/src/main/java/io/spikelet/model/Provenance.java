package io.spikelet.model;

/**
 * Where a network came from and how well it did before it was sent.
 *
 * @param sourceDigest SHA-256 of the imported file, hex
 * @param calibrationDigest SHA-256 of the calibration samples, hex, or empty
 * @param tool the tool and version that made it
 * @param floatAccuracy share correct of the float network on the calibration samples, or NaN
 * @param integerAccuracy share correct of the integer network on the calibration samples, or NaN
 */
public record Provenance(
        String sourceDigest, String calibrationDigest, String tool, double floatAccuracy, double integerAccuracy) {}
