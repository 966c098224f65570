/** The engine, the learner, the slots and the agent of a board. */
@SuppressWarnings("module") // io.spikelet.bench is built after this one
module io.spikelet.device {
    requires transitive io.spikelet.model;
    requires transitive io.spikelet.hal;
    requires io.spikelet.fixedpoint;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.cbor;
    requires com.google.protobuf;
    requires java.logging;
    requires org.slf4j;
    requires static jdk.incubator.vector; // absent on a board started without it: the SWAR kernels serve then

    exports io.spikelet.adapt;
    exports io.spikelet.device;
    exports io.spikelet.engine;
    exports io.spikelet.engine.gather to
            io.spikelet.bench;
    exports io.spikelet.feature;
    exports io.spikelet.learn;
    exports io.spikelet.slots;
    exports io.spikelet.smp;
    exports io.spikelet.telemetry;
}
