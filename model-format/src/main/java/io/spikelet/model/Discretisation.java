package io.spikelet.model;

/**
 * The recorded choice by which continuous-time nodes became steps; documentation for whoever reads an image, already
 * folded into every integer.
 *
 * @param profile the profile's name, such as {@code snntorch} or {@code norse}
 * @param dt seconds a step
 */
public record Discretisation(String profile, double dt) {}
