/** Fixed point as this project means it: Q1.15 factors, rounding toward zero, seeded stochastic rounding. */
package io.spikelet.fixedpoint;
