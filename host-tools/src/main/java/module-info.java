/** Import, quantise, sign, flash, and the verbs of {@code spikelet}. */
module io.spikelet.host {
    requires transitive io.spikelet.device;
    requires io.spikelet.fixedpoint;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.cbor;
    requires com.google.protobuf;
    requires info.picocli;
    requires io.jhdf;
    requires org.slf4j;

    exports io.spikelet.host.graph;
    exports io.spikelet.host.link;
    exports io.spikelet.host.nir;
    exports io.spikelet.host.reference;
}
