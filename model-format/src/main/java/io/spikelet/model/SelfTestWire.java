package io.spikelet.model;

import com.google.protobuf.ByteString;

/** Self-tests to and from their messages. */
final class SelfTestWire {
    private SelfTestWire() {}

    static io.spikelet.model.wire.SelfTest write(SelfTest test) {
        var message = io.spikelet.model.wire.SelfTest.newBuilder()
                .setSample(ByteString.copyFrom(test.sample()))
                .setSpikes(ByteString.copyFrom(test.spikes()))
                .setTotalSpikes(test.totalSpikes());
        WireValues.each(test.scores(), message::addScores);
        return message.build();
    }

    static SelfTest read(io.spikelet.model.wire.SelfTest message) {
        return new SelfTest(
                message.getSample().toByteArray(),
                message.getSpikes().toByteArray(),
                WireValues.ints(message.getScoresList()),
                message.getTotalSpikes());
    }

    /** Holds the sizes against the network's. */
    static void verify(SpikingNetwork network) throws MalformedDataException {
        for (int i = 0; i < network.selfTests().size(); i++) {
            SelfTest test = network.selfTests().get(i);
            require(i, "sample", network.sampleBytes(), test.sample().length);
            require(i, "scores", network.readout().classes(), test.scores().length);
        }
    }

    private static void require(int index, String what, int wanted, int found) throws MalformedDataException {
        if (wanted != found) {
            throw new MalformedDataException(
                    0, "self-test " + index + ": its " + what + " must hold " + wanted + " values, not " + found);
        }
    }
}
