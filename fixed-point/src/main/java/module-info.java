/** What our integers mean: formats, rounding, saturation, seeded random rounding, lookup tables. */
module io.spikelet.fixedpoint {
    exports io.spikelet.fixedpoint;
}
