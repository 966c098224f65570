/** The whole journey, benchmarks and lab rigs. */
module io.spikelet.bench {
    requires io.spikelet.host;
    requires info.picocli;
}
