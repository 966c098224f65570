package io.spikelet.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.energy.Interval;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.host.cli.Spikelet;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Readout;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rig against our own board in a process of its own, with the simulated meter, from the command line to the folder. */
class OwnBoardIT {
    private static final double IDLE = 1.5;
    private static final double ACTIVE = .8;

    @TempDir
    private Path folder;

    private final Path home = Path.of(System.getProperty("spikelet.home", ".."));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Path digits() {
        return home.resolve("bench-rigs/zoo/data/digits.h5");
    }

    /** The bundled digits, of so many time steps. */
    private Path image(int steps) throws Exception {
        SampleSet samples = SampleSet.read(digits(), "calibration");
        QuantiseOptions options = QuantiseOptions.of(
                "digits-conv",
                new InferenceSettings(
                        Profile.SNNTORCH, Profile.DEFAULT_DT, steps, Encoder.DIRECT, new Readout(samples.classes(), 5)),
                samples.fullScale());
        var network =
                Quantiser.convert(NirImporter.read(home.resolve("bench-rigs/zoo/models/digits-conv.nir")), options);
        Path file = folder.resolve("digits-" + steps + ".img");
        ImageFile.write(
                file,
                ModelImage.unsigned(NetworkCodec.encode(network), Version.parse("1.0." + steps))
                        .bytes());
        return file;
    }

    private int rig(Object... words) {
        List<String> all = new ArrayList<>(List.of("rig"));
        for (Object word : words) {
            all.add(word.toString());
        }
        return Spikelet.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private Path kept() throws Exception {
        return new ResultsFolder(folder.resolve("results")).runs().getLast();
    }

    @Test
    void shouldMeasureOurBoardThroughAllThreeModes() throws Exception {
        int exitCode = rig(
                "run",
                "--dut",
                "board:" + image(4),
                "--data",
                digits(),
                "--limit",
                20,
                "--meter",
                "sim,seed=5",
                "--windows",
                2,
                "--seconds",
                .3,
                "--idle",
                .3,
                "--scatter",
                250,
                "--out",
                folder.resolve("results"));
        assertEquals(0, exitCode, err.toString());
        KeptRun run = KeptRun.read(kept());
        assertTrue(run.accuracy().orElseThrow().share() > .9, out.toString());
        assertEquals("edges", run.text("/energy/cut"));
        // What the simulated board takes within a window is known, and so is how long an inference took between edges.
        Interval found = run.microjoules().orElseThrow();
        double[] truths = new double[2];
        for (int i = 0; i < 2; i++) {
            String at = "/energy/windows/" + i + "/";
            double seconds = run.number(at + "to_s").orElseThrow()
                    - run.number(at + "from_s").orElseThrow();
            truths[i] = 1e6
                    * (IDLE + ACTIVE)
                    * seconds
                    / run.number(at + "inferences").orElseThrow();
        }
        assertTrue(found.holds((truths[0] + truths[1]) / 2), found + " " + List.of(truths[0], truths[1]));
        String page = Files.readString(kept().resolve("report.html"));
        assertTrue(page.contains("Measured / modelled") && page.contains("trace-data"), "the report is whole");
    }

    @Test
    void shouldHoldTwoImagesAgainstEachOther() throws Exception {
        int exitCode = rig(
                "ab",
                image(2),
                image(12),
                "--data",
                digits(),
                "--pairs",
                2,
                "--seconds",
                .25,
                "--idle",
                0,
                "--out",
                folder.resolve("results"));
        assertEquals(0, exitCode, err.toString());
        KeptRun run = KeptRun.read(kept());
        assertEquals(2, run.number("/energy/pairs").orElseThrow());
        // Six times the steps take more energy, whatever else this machine does meanwhile.
        assertTrue(run.number("/energy/b_over_a/value").orElseThrow() > 1.3, out.toString());
    }
}
