/** The model image: the integer network, its Protocol Buffers schema, the signed container. */
module io.spikelet.model {
    requires io.spikelet.fixedpoint;
    requires com.google.protobuf;

    exports io.spikelet.model;
    exports io.spikelet.model.container;
}
