/** Import, quantise, sign, flash, and the verbs of {@code spikelet}. */
module io.spikelet.host {
    requires transitive io.spikelet.device;
    requires io.spikelet.fixedpoint;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.cbor;
    requires com.google.protobuf;
    requires transitive info.picocli;
    requires io.jhdf;
    requires java.logging;
    requires java.sql;
    requires jdk.httpserver;
    requires static jdk.management; // tests alone: what reading a damaged file allocates
    requires org.slf4j;

    exports io.spikelet.host;
    exports io.spikelet.host.broker;
    exports io.spikelet.host.cli;
    exports io.spikelet.host.convert;
    exports io.spikelet.host.data;
    exports io.spikelet.host.diff;
    exports io.spikelet.host.fleet;
    exports io.spikelet.host.fleet.collect;
    exports io.spikelet.host.fleet.dashboard;
    exports io.spikelet.host.fleet.rollout;
    exports io.spikelet.host.fleet.sparkplug;
    exports io.spikelet.host.fleet.store;
    exports io.spikelet.host.fleet.verb;
    exports io.spikelet.host.formats;
    exports io.spikelet.host.graph;
    exports io.spikelet.host.hdf5;
    exports io.spikelet.host.inspect;
    exports io.spikelet.host.lava;
    exports io.spikelet.host.layers;
    exports io.spikelet.host.learned;
    exports io.spikelet.host.link;
    exports io.spikelet.host.monitor;
    exports io.spikelet.host.nir;
    exports io.spikelet.host.onnx;
    exports io.spikelet.host.page;
    exports io.spikelet.host.quantise;
    exports io.spikelet.host.reference;
    exports io.spikelet.host.report;

    opens io.spikelet.host.broker to
            info.picocli;
    opens io.spikelet.host.cli to
            info.picocli;
    opens io.spikelet.host.fleet.verb to
            info.picocli;

    uses io.spikelet.host.cli.Verb;

    provides io.spikelet.host.cli.Verb with
            io.spikelet.host.fleet.verb.CollectVerb,
            io.spikelet.host.fleet.verb.DashboardVerb,
            io.spikelet.host.fleet.verb.RolloutVerb;
}
