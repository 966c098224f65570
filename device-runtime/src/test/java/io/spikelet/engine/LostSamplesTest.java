package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;
import io.spikelet.hal.sim.TinyOdinFaults;
import io.spikelet.hal.tinyodin.Firing;
import io.spikelet.hal.tinyodin.SpiPort;
import io.spikelet.hal.tinyodin.TinyOdin;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A chip that integrates and fires takes the membranes of a sample with it when it fails. */
class LostSamplesTest {
    private final SimTinyOdin sim = new SimTinyOdin(new TinyOdinChip(7));
    private final SpikingNetwork network = OffloadTest.chipNetwork(4, Operation.Comparison.AT_OR_ABOVE, 2);

    /** A wire that may be cut. */
    private final class Wire implements SpiPort {
        private boolean cut;

        @Override
        public void transfer(byte[] send, byte[] receive, int length) throws IOException {
            if (cut) {
                throw new IOException("the wire is cut");
            }
            sim.transfer(send, receive, length);
        }

        @Override
        public String name() {
            return "wire";
        }

        @Override
        public void close() {
            sim.close();
        }
    }

    private final Wire wire = new Wire();
    private final TinyOdin chip = new TinyOdin("chip", wire, sim, Firing.ONCE_A_STEP);

    private byte[] samples(int count) {
        byte[] samples = new byte[count * network.sampleBytes()];
        Random random = new Random(3);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) random.nextInt(2);
        }
        return samples;
    }

    private int[] scores(Classifier classifier, byte[] samples, int sample) {
        Inference into = Inference.forNetwork(network);
        classifier.infer(samples, sample * network.sampleBytes(), into);
        return into.scores().clone();
    }

    @Test
    void shouldGiveASampleAnewThatTheChipLost() throws Exception {
        Offload offload = Offload.plan(network, List.of(chip), Offload.Policy.STOP);
        offload.program();
        sim.inject(TinyOdinFaults.losingPulses(1, 5e-6));
        Classifier plain = Classifier.load(network);
        Classifier placed = Classifier.load(offload);
        byte[] samples = samples(40);
        for (int sample = 0; sample < 40; sample++) {
            assertArrayEquals(scores(plain, samples, sample), scores(placed, samples, sample), "sample " + sample);
        }
        assertTrue(offload.failures().size() > 2, offload.failures().size() + " failures");
        assertTrue(offload.failures().stream().noneMatch(Offload.Failure::gaveUp));
        assertTrue(chip.health().recoveries() > 2, chip.health().toString());
    }

    @Test
    void shouldTakeOverFromAChipThatIsGone() throws Exception {
        Offload offload = Offload.plan(network, List.of(chip), Offload.Policy.PROCESSOR);
        offload.program();
        Classifier plain = Classifier.load(network);
        Classifier placed = Classifier.load(offload);
        byte[] samples = samples(4);
        for (int sample = 0; sample < 4; sample++) {
            wire.cut = sample == 2;
            assertArrayEquals(scores(plain, samples, sample), scores(placed, samples, sample), "sample " + sample);
        }
        assertEquals(1, offload.failures().size(), offload.failures().toString());
        assertTrue(offload.failures().getFirst().gaveUp());
        assertEquals(
                CoProcessorException.Failure.PORT,
                offload.failures().getFirst().cause().failure());
    }

    @Test
    void shouldStopWithoutAChipWhereThePolicySaysSo() throws Exception {
        Offload offload = Offload.plan(network, List.of(chip), Offload.Policy.STOP);
        offload.program();
        Classifier placed = Classifier.load(offload);
        byte[] samples = samples(1);
        scores(placed, samples, 0);
        wire.cut = true;
        String said = assertThrows(DeviceFailedException.class, () -> scores(placed, samples, 0))
                .getMessage();
        assertTrue(said.contains("the wire is cut"), said);
    }
}
