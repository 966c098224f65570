package io.spikelet.device;

import io.spikelet.dut.DutSubject;
import io.spikelet.engine.Inference;
import java.io.IOException;
import java.util.Optional;

/** The running model as the MLPerf Tiny runner measures it: its answers, statistics and devices are those of any request. */
final class ModelUnderTest implements DutSubject {
    private final RunningModel model;
    private byte[] sample = new byte[0];
    private Inference answer;

    ModelUnderTest(RunningModel model) {
        this.model = model;
    }

    @Override
    public Optional<String> take(byte[] input) {
        int wanted = model.network().sampleBytes();
        if (input.length != wanted) {
            return Optional.of("The model takes " + wanted + " bytes of input, not " + input.length);
        }
        sample = input;
        return Samples.tooLarge(input, model.network().input().output().maximum());
    }

    @Override
    public void infer() throws IOException {
        answer = model.infer(sample, 0);
    }

    @Override
    public int[] scores() {
        return answer.scores();
    }

    @Override
    public int predicted() {
        return answer.predicted();
    }
}
