/** The whole journey, benchmarks and lab rigs. */
module io.spikelet.bench {
    requires io.spikelet.fixedpoint;
    requires io.spikelet.host;
    requires com.fasterxml.jackson.core;
    requires com.google.protobuf;
    requires com.microsoft.onnxruntime;
    requires info.picocli;
    requires java.management;
    requires jmh.core;
    requires org.apache.commons.numbers.gamma;
    requires jdk.management; // what a thread allocates, which the engine promises to be nothing

    exports io.spikelet.bench.board;

    opens io.spikelet.bench.adapt to
            info.picocli;
    opens io.spikelet.bench.agent to
            info.picocli;
    opens io.spikelet.bench.convert to
            info.picocli;
    opens io.spikelet.bench.crossbar to
            info.picocli;
    opens io.spikelet.bench.demo to
            info.picocli;
    opens io.spikelet.bench.energy.coverage to
            info.picocli;
    opens io.spikelet.bench.exact to
            info.picocli;
    opens io.spikelet.bench.engine to
            info.picocli;
    opens io.spikelet.bench.fleet to
            info.picocli;
    opens io.spikelet.bench.gradients to
            info.picocli;
    opens io.spikelet.bench.guard to
            info.picocli;
    opens io.spikelet.bench.learner to
            info.picocli;
    opens io.spikelet.bench.meters to
            info.picocli;
    opens io.spikelet.bench.metrics to
            info.picocli;
    opens io.spikelet.bench.outage to
            info.picocli;
    opens io.spikelet.bench.peers to
            info.picocli;
    opens io.spikelet.bench.powercut to
            info.picocli;
    opens io.spikelet.bench.rig to
            info.picocli;
    opens io.spikelet.bench.scratch to
            info.picocli;
    opens io.spikelet.bench.start to
            info.picocli;
    opens io.spikelet.bench.verb to
            info.picocli;

    provides io.spikelet.host.cli.Verb with
            io.spikelet.bench.demo.DemoVerb,
            io.spikelet.bench.rig.RigVerb,
            io.spikelet.bench.verb.BenchVerb;
}
