/** The model image: the integer network, its Protocol Buffers schema, the signed container. */
module io.spikelet.model {
    requires io.spikelet.fixedpoint;
    requires com.google.protobuf;
    requires jdk.unsupported; // the lite runtime of Protocol Buffers does not run without sun.misc.Unsafe

    exports io.spikelet.model;
    exports io.spikelet.model.container;
}
