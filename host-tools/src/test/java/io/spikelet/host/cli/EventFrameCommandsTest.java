package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.data.WrittenRecordings;
import io.spikelet.host.nir.WrittenNir;
import io.spikelet.host.shared.ZooFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up recordings and a graph that counts the events of each polarity, through the verbs. */
class EventFrameCommandsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String model;
    private String data;
    private String image;

    @BeforeEach
    void writeModelAndRecordings() throws IOException {
        model = WrittenNir.polarities()
                .writeTo(folder.resolve("polarities.nir"))
                .toString();
        data = WrittenRecordings.of(20)
                .toZip(folder.resolve("recordings.zip"), "")
                .toString();
        image = folder.resolve("polarities.img").toString();
    }

    @Test
    void shouldCalibrateOnTheOtherFoldsAndTestOnTheOneHeldOut() {
        quantise("--window", "whole");
        assertTrue(out.toString().contains("encoder event-frames"), out.toString());
        assertTrue(out.toString().contains("16 of 16 samples"), out.toString());

        run(0, "evaluate", image, "--data", data, "--fold", "2/5", "--float", model);
        assertTrue(out.toString().contains("recordings.zip (test of fold 2/5)"), out.toString());
        assertTrue(out.toString().contains("4 of 4"), out.toString());
        run(0, "evaluate", image, "--data", data);
        assertTrue(out.toString().contains("20 of 20"), out.toString());
    }

    @Test
    void shouldTakeTheFramesFromTheImage() {
        for (String window : new String[] {"100000us", "60ev"}) {
            quantise("--window", window);
            run(0, "evaluate", image, "--data", data);
            assertTrue(out.toString().contains("20 of 20"), out.toString());
        }
    }

    @Test
    void shouldRunAGraphOnRecordings() {
        run(0, "evaluate", model, "--data", data, "--steps", "3", "--encoder", "event-frames", "--json");
        assertTrue(out.toString().contains("\"correct\" : 20"), out.toString());
    }

    @Test
    void shouldSayWhatIsWrongWithItsOptions() {
        refused("--window is 'whole', microseconds", "quantise", model, "--window", "3");
        refused("--count-maximum must be 1 to 255: 256", "quantise", model, "--count-maximum", "256");
        refused("a fold is written K/N, such as 3/5, not '3'", "quantise", model, "--fold", "3");
        refused(
                "has no encoder for them; quantise it with --encoder event-frames",
                "quantise",
                model,
                "--encoder",
                "direct");
        String digits = ZooFolder.file("data/digits.h5").toString();
        run(2, "evaluate", model, "--data", digits, "--fold", "1/5", "--steps", "3");
        assertTrue(err.toString().contains("--fold is for event recordings"), err.toString());
    }

    private void quantise(String... more) {
        run(
                0,
                with(
                        more,
                        "quantise",
                        model,
                        "--data",
                        data,
                        "--fold",
                        "2/5",
                        "--steps",
                        "3",
                        "--encoder",
                        "event-frames",
                        "--count-maximum",
                        "15",
                        "-o",
                        image));
    }

    private void refused(String sentence, String verb, String... more) {
        String[] encoder = String.join(" ", more).contains("--encoder")
                ? new String[0]
                : new String[] {"--encoder", "event-frames"};
        run(2, with(with(encoder, more), verb, "--data", data, "--steps", "3", "-o", image));
        assertTrue(err.toString().contains(sentence), err.toString());
    }

    private static String[] with(String[] more, String... first) {
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private void run(int expected, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        int code = Spikelet.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
        assertEquals(expected, code, err::toString);
    }
}
