package io.spikelet.hal.tinyodin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Driver and behavioural chip against runs of the RTL. */
class RtlRecordingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"dense_open_16", "dense_open_64", "saturation_16", "closed_sparse_128"})
    void shouldGiveTheSpikesTheWordsAndTheCountersOfTheRtl(String name) throws Exception {
        RtlRecording recording = RtlRecording.read(name);
        int neurons = recording.number("max_neur") + 1;
        TinyOdinChip chip = new TinyOdinChip(1);
        SimTinyOdin port = new SimTinyOdin(chip);
        try (OdinHost host = new OdinHost(port, port)) {
            host.reset();
            host.configure(true, true, neurons - 1);
            host.writeNeurons(recording.numbers("neuron_words").stream()
                    .map(NeuronWord::decode)
                    .toArray(NeuronWord[]::new));
            host.writeWeights(recording.weights(), 256, neurons);
            host.configure(false, recording.number("open_loop") == 1, neurons - 1);
            for (int index = 0; index < recording.events(); index++) {
                List<Integer> spikes = new ArrayList<>();
                host.send(new int[] {recording.event(index)}, 1, 1, spikes::add);
                assertEquals(recording.output(index), spikes, "event " + index + ": " + recording.event(index));
            }
            host.configure(true, true, neurons - 1);
            NeuronWord[] words = host.readNeurons(neurons);
            for (int n = 0; n < neurons; n++) {
                assertEquals(recording.numbers("final_neuron_words").get(n), words[n].encode(), "neuron " + n);
            }
        }
        assertEquals(
                new TinyOdinChip.Counters(
                        recording.counter("sop"),
                        recording.counter("trefop"),
                        recording.counter("virtop"),
                        recording.counter("spikes"),
                        recording.counter("lost"),
                        recording.counter("cycle")),
                chip.counters());
    }
}
