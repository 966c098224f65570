package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.nir.WrittenNir;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.shared.ZooFolder;
import io.spikelet.model.Bounds;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export}, {@code inspect} and {@code diff} from the command line. */
class ModelCommandsTest {
    private static final Path GOLDEN = Path.of("src/test/golden/nir");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Spikelet.run(words, new PrintWriter(out), new PrintWriter(err));
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }

    private static Path digits() {
        return ZooFolder.file("models/digits-conv.nir");
    }

    private static SpikingNetwork network() throws Exception {
        InferenceSettings settings =
                new InferenceSettings(Profile.SNNTORCH, 1e-4, 4, Encoder.DIRECT, new Readout(10, 5));
        return Quantiser.convert(
                NirImporter.read(digits()),
                QuantiseOptions.of("digits", settings, 16).withLearning(0.0078125f, 0.5f));
    }

    private Path image(String name, SpikingNetwork network, Version version) throws Exception {
        Path file = folder.resolve(name);
        ImageFile.write(
                file, ModelImage.unsigned(NetworkCodec.encode(network), version).bytes());
        return file;
    }

    @Test
    void shouldExportAFileThatImportsWithoutRepair() throws Exception {
        Path clean = folder.resolve("clean.nir");
        assertEquals(0, run("export", GOLDEN.resolve("gzip.nir"), "-o", clean), err.toString());
        assertTrue(out.toString().startsWith(clean + ": 9 nodes, 153 parameters, " + Files.size(clean) + " bytes\n"));
        assertTrue(out.toString().contains("  note: edges name the node 'rec.cell', which does not exist"));
        assertEquals(1, NirImporter.read(clean).warnings().size());
        assertEquals(0, run("diff", GOLDEN.resolve("gzip.nir"), clean), out.toString());
    }

    @Test
    void shouldNotExportWhereThereIsNoFolderOrNoModel() {
        assertEquals(2, run("export", GOLDEN.resolve("plain.nir"), "-o", folder.resolve("no/where.nir")));
        assertEquals(2, run("export", folder.resolve("absent.nir"), "-o", folder.resolve("out.nir")));
        assertTrue(err.toString().contains("absent.nir: there is no such file"), err.toString());
        assertFalse(Files.exists(folder.resolve("out.nir")));
    }

    @Test
    void shouldInspectWhatAGraphHolds() throws Exception {
        assertEquals(0, run("inspect", GOLDEN.resolve("plain.nir"), "--json"));
        JsonNode nodes = json().get("nodes");
        JsonNode conv = node(nodes, "conv");
        assertEquals("2x5x6", conv.get("input").asText());
        assertEquals("3x5x6", conv.get("output").asText());
        assertEquals(18, conv.get("fan_in").asInt());
        JsonNode cuba = node(nodes, "cuba");
        assertEquals("CubaLIF", cuba.get("kind").asText());
        assertEquals(-0.109375, cuba.get("v_leak").get(1).asDouble());
        assertEquals("loop (late)", cuba.get("from").get(1).asText());
        assertEquals(0, run("inspect", GOLDEN.resolve("plain.nir")));
        assertTrue(out.toString().contains("tau 4, r 2, v_leak 0.257813, v_threshold 1, v_reset -0.5"), out.toString());
    }

    @Test
    void shouldNotCheckTheSignatureOfAGraphWhichHasNone() {
        assertEquals(2, run("inspect", GOLDEN.resolve("plain.nir"), "--key", folder.resolve("team.pub.pem")));
        assertTrue(err.toString().contains("plain.nir is no model image; only images are signed"), err.toString());
    }

    private static JsonNode node(JsonNode nodes, String name) {
        for (JsonNode node : nodes) {
            if (node.get("name").asText().equals(name)) {
                return node;
            }
        }
        throw new AssertionError("no node " + name + " in " + nodes);
    }

    @Test
    void shouldInspectWhatAnImageHolds() throws Exception {
        SpikingNetwork network = network();
        Path file = image("digits.img", network, new Version(1, 2, 3, 0));
        assertEquals(0, run("inspect", file, "--json"));
        JsonNode image = json();
        int payload = NetworkCodec.encode(network).length;
        assertEquals(108 + 2592 + 24576 + 3200, image.get("weight_bytes").asInt());
        int known =
                image.get("weight_bytes").asInt() + image.get("parameter_bytes").asInt();
        assertTrue(known < payload && payload - known < 1000, "names and shapes take the rest");
        JsonNode hidden = node(image.get("layers"), "hidden");
        assertTrue(hidden.get("learns").asBoolean());
        assertEquals(
                Bounds.accumulatorRange(network, 6).magnitude(),
                hidden.get("accumulator_maximum").asLong());
        JsonNode lif = node(image.get("layers"), "lif3");
        assertEquals(0.5, lif.get("leak").get(0).asDouble());
        assertEquals("hard to 0", lif.get("reset").asText());
        assertEquals(1, lif.get("threshold").get(0).asDouble(), 1e-5);
        double bits = Math.log((double) (1L << 31) / lif.get("membrane_maximum").asLong()) / Math.log(2);
        assertEquals(bits, lif.get("spare_bits").asDouble(), 1e-9);
        assertTrue(bits >= 1, "the proof leaves a bit");
    }

    @Test
    void shouldNameTheKeyOfAnImageThatNobodyChecked() throws Exception {
        ImageKey.Private key = ImageKey.Private.generate();
        Path file = folder.resolve("signed.img");
        ImageFile.write(
                file,
                ModelImage.unsigned(NetworkCodec.encode(network()), new Version(1, 0, 0, 0))
                        .sign(key)
                        .bytes());
        assertEquals(0, run("inspect", file));
        String hash = HexFormat.of().formatHex(key.publicKey().keyHash(), 0, 8);
        assertTrue(out.toString().contains("by key " + hash + ", not checked"), out.toString());
        for (String layer : new String[] {"OTTT in hidden, readout", "spike counts of 10 classes, 5 values each"}) {
            assertTrue(out.toString().contains(layer), out.toString());
        }
    }

    @Test
    void shouldExitAsDiffDoes() throws Exception {
        Path one = image("one.img", network(), new Version(1, 0, 0, 0));
        Path two = image("two.img", network().withSecurityCounter(3), new Version(1, 0, 1, 0));
        assertEquals(0, run("diff", one, one));
        assertEquals(one + " and " + one + " do not differ\n", out.toString());
        assertEquals(1, run("diff", one, two));
        assertTrue(out.toString().contains("version: 1.0.0+0 -> 1.0.1+0"), out.toString());
        assertTrue(out.toString().contains("security counter: 0 -> 3"), out.toString());
        assertEquals(0, run("diff", digits(), one), out.toString());
        assertEquals(0, run("diff", one, digits()), out.toString());
        assertEquals(1, run("diff", GOLDEN.resolve("plain.nir"), digits()));
        assertEquals(2, run("diff", one, folder.resolve("absent.img")));
        assertEquals("spikelet: no such file: " + folder.resolve("absent.img") + "\n", err.toString());
        assertEquals(2, run("diff", Files.writeString(folder.resolve("notes.txt"), "notes"), one));
        assertEquals(2, run("diff", one));
    }

    @Test
    void shouldSayDifferencesAsJson() throws Exception {
        Path one = written("one.nir", 3);
        Path two = written("two.nir", 5);
        assertEquals(1, run("diff", one, two, "--json"));
        JsonNode difference = json().get("differences").get(0);
        assertFalse(json().get("same").asBoolean());
        assertEquals("fc", difference.get("where").asText());
        assertEquals("bias", difference.get("what").asText());
        assertEquals(1, difference.get("differing").asInt());
        assertEquals(2, difference.get("largest").asDouble());
        assertEquals(2 / Math.sqrt(14), difference.get("relative_norm").asDouble(), 1e-9);
    }

    private Path written(String name, float bias) {
        return WrittenNir.dense().set("fc", "bias", new float[] {1, 2, bias}).writeTo(folder.resolve(name));
    }
}
