package io.spikelet.bench.peers;

import io.spikelet.bench.measure.ChildJvm;
import io.spikelet.bench.measure.Contender;
import io.spikelet.bench.measure.InterleavedRounds;
import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.Timing;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.host.Progress;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.model.SpikingNetwork;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained spiking network and trained conventional ones for the same task: how often each is right, and what it takes.
 *
 * @param image model image
 * @param anns ONNX files, float or int8
 * @param data folder of IDX files
 * @param limit images at most
 * @param calibrate training images on which float models are quantised too; 0 leaves them alone
 * @param mean see {@link OnnxInputs}
 */
record TrainedPair(
        String image,
        List<String> anns,
        String data,
        int limit,
        int calibrate,
        float mean,
        float deviation,
        InterleavedRounds rounds)
        implements ChildJvm.Work {
    /** Images that are timed over and over; as many as a cache of tensors comfortably holds. */
    private static final int TIMED = 256;

    TrainedPair {
        anns = List.copyOf(anns);
    }

    /**
     * One contender.
     *
     * @param correct of the images
     * @param network the file that it came from
     * @param int8 whether it computes in integers; ours always does
     */
    record Standing(Timing timing, int correct, String network, boolean int8) implements Serializable {}

    /**
     * @param images that accuracy was counted on
     * @param timeSteps of the spiking network
     * @param operations synaptic operations of one inference, mean over the images
     * @param standings ours first
     */
    record Answer(Machine machine, int images, int timeSteps, double operations, int ours, List<Standing> standings)
            implements Serializable {
        Answer {
            standings = List.copyOf(standings);
        }
    }

    @Override
    public Answer run() throws Exception {
        LabelledImages test = LabelledImages.read(Path.of(data), "t10k").first(limit);
        Path file = Path.of(image);
        SpikingNetwork network = ImageFile.network(file, ImageFile.read(file));
        List<Contender> contenders = new ArrayList<>();
        List<Integer> correct = new ArrayList<>();
        List<Boolean> int8 = new ArrayList<>();
        List<String> networks = new ArrayList<>();
        double operations = 0;
        LabelledImages timed = test.first(TIMED);
        for (KernelFamily family : KernelFamily.available()) {
            ImageContender all = new ImageContender(family, network, test.images());
            correct.add(all.countCorrect(test.labels(), progress("classifying, " + family.label())));
            int8.add(true);
            networks.add(image);
            operations = all.operationsPerInference();
            contenders.add(new ImageContender(family, network, timed.images()));
        }
        int ours = contenders.size();
        for (AnnModel ann : AnnModel.read(anns, Path.of(data), calibrate, pixels())) {
            try (OnnxContender all = ann.contender(test.images(), pixels())) {
                correct.add(countCorrect(all, test.labels(), progress("classifying, " + ann.name())));
            }
            int8.add(ann.int8());
            networks.add(ann.network());
            contenders.add(ann.contender(timed.images(), pixels()));
        }
        List<Timing> timings = rounds.run(contenders, progress("timing"));
        contenders.forEach(Contender::close);
        List<Standing> standings = new ArrayList<>();
        for (int c = 0; c < timings.size(); c++) {
            standings.add(new Standing(timings.get(c), correct.get(c), networks.get(c), int8.get(c)));
        }
        return new Answer(Machine.here(), test.labels().length, network.timeSteps(), operations, ours, standings);
    }

    private static Progress progress(String what) {
        return new ProgressLine(new PrintWriter(System.err, true), what)::at;
    }

    private OnnxInputs pixels() {
        return new OnnxInputs(mean, deviation);
    }

    private static int countCorrect(OnnxContender contender, byte[] labels, Progress progress) {
        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            contender.infer();
            correct += contender.predicted() == (labels[i] & 0xff) ? 1 : 0;
            progress.at(i + 1L, labels.length);
        }
        return correct;
    }
}
