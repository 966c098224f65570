package io.spikelet.bench.convert;

/** Something promised and what was found. */
record Claim(String promise, String found, boolean holds) {}
