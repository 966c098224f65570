package io.spikelet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.RecordAlterations.Altered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NetworkCodecTest {
    /** Fields that a record's own rule ties to another one; the samples give each of them a value of its own. */
    private static final Set<String> TIED = Set.of(
            "SpikingNetwork.layers[0].output.minimum",
            "SpikingNetwork.layers[1].operation.groups",
            "SpikingNetwork.layers[1].operation.inChannels",
            "SpikingNetwork.layers[1].operation.kernelHeight",
            "SpikingNetwork.layers[1].operation.kernelWidth",
            "SpikingNetwork.layers[1].operation.outChannels",
            "SpikingNetwork.layers[1].output.kind",
            "SpikingNetwork.layers[2].operation.burst",
            "SpikingNetwork.layers[2].output.maximum",
            "SpikingNetwork.layers[2].output.minimum",
            "SpikingNetwork.layers[3].output.minimum",
            "SpikingNetwork.layers[4].operation.inputs",
            "SpikingNetwork.layers[4].operation.outputs",
            "SpikingNetwork.layers[4].output.kind",
            "SpikingNetwork.layers[5].output.minimum",
            "SpikingNetwork.layers[6].output.maximum",
            "SpikingNetwork.layers[6].output.minimum",
            "SpikingNetwork.layers[7].output.kind",
            "SpikingNetwork.layers[8].output.maximum",
            "SpikingNetwork.layers[8].output.minimum",
            "SpikingNetwork.layers[9].operation.hidden",
            "SpikingNetwork.layers[9].output.minimum",
            "SpikingNetwork.layers[10].output.minimum",
            "SpikingNetwork.layers[11].operation.output",
            "SpikingNetwork.layers[11].output.minimum",
            "SpikingNetwork.layers[12].operation.inputs",
            "SpikingNetwork.layers[12].operation.outputs",
            "SpikingNetwork.layers[12].output.kind",
            "SpikingNetwork.layers[13].operation.output",
            "SpikingNetwork.layers[13].output.kind",
            "SpikingNetwork.learning.method.eligibilityDecay",
            "SpikingNetwork.learning.method.flipDecay",
            "SpikingNetwork.learning.method.flipLevel",
            "SpikingNetwork.learning.method.kind",
            "SpikingNetwork.learning.method.membraneClip",
            "SpikingNetwork.learning.method.momentum",
            "SpikingNetwork.learning.method.optimiser",
            "SpikingNetwork.learning.method.thresholdFloor");

    private static List<SpikingNetwork> samples() {
        List<SpikingNetwork> samples = new ArrayList<>(SampleNetworks.leastOfEachEncoder());
        samples.add(SampleNetworks.everything());
        return samples;
    }

    @Test
    void shouldReadBackWhatItWrote() throws MalformedDataException {
        for (SpikingNetwork network : samples()) {
            SpikingNetwork back = NetworkCodec.decode(NetworkCodec.encode(network));
            assertEquals(RecordAlterations.describe(network), RecordAlterations.describe(back));
        }
    }

    @Test
    void shouldKeepEveryFieldThatIsAlteredAlone() throws MalformedDataException {
        for (SpikingNetwork network : samples()) {
            byte[] bytes = NetworkCodec.encode(network);
            for (Altered altered : RecordAlterations.of(network, "SpikingNetwork")) {
                keeps(altered, bytes);
            }
        }
        assertTrue(RecordAlterations.of(SampleNetworks.everything(), "SpikingNetwork")
                        .size()
                > 200);
    }

    private static void keeps(Altered altered, byte[] unaltered) throws MalformedDataException {
        byte[] changed;
        try {
            changed = NetworkCodec.encode((SpikingNetwork) altered.value());
        } catch (IllegalArgumentException refused) {
            assertTrue(refused.getMessage().startsWith("a weight of kind"), altered.field() + ": " + refused);
            assertTrue(altered.field().endsWith(".kind"), "these weights have no such code: " + altered.field());
            return;
        }
        assertFalse(Arrays.equals(unaltered, changed), altered.field() + " is not written");
        assertEquals(
                RecordAlterations.describe(altered.value()),
                RecordAlterations.describe(NetworkCodec.decode(changed)),
                altered.field());
    }

    @Test
    void shouldHaveAlteredEveryFieldExceptTheTiedOnes() {
        SpikingNetwork network = SampleNetworks.everything();
        Set<String> altered = RecordAlterations.of(network, "SpikingNetwork").stream()
                .map(Altered::field)
                .collect(Collectors.toSet());
        Set<String> untouched = new TreeSet<>(RecordAlterations.fields(network, "SpikingNetwork"));
        untouched.removeIf(field -> altered.stream().anyMatch(path -> path.startsWith(field)));
        assertEquals(new TreeSet<>(TIED), untouched);
    }

    @Test
    void shouldWriteTheSameBytesEachTime() throws MalformedDataException {
        byte[] bytes = NetworkCodec.encode(SampleNetworks.everything());
        assertArrayEquals(bytes, NetworkCodec.encode(SampleNetworks.everything()));
        assertArrayEquals(bytes, NetworkCodec.encode(NetworkCodec.decode(bytes)));
    }

    @Test
    void shouldKeepTheBitsOfUnusualRealNumbers() throws MalformedDataException {
        SpikingNetwork back = NetworkCodec.decode(NetworkCodec.encode(SampleNetworks.least()));
        assertTrue(Double.isNaN(back.provenance().floatAccuracy()));
        assertEquals(
                Double.doubleToRawLongBits(-0.0),
                Double.doubleToRawLongBits(back.provenance().integerAccuracy()));
    }

    @Test
    void shouldSayWhichVersionsItKnows() {
        byte[] bytes = NetworkCodec.encode(SampleNetworks.least());
        bytes[1] = 9;
        MalformedDataException refused = assertThrows(MalformedDataException.class, () -> NetworkCodec.decode(bytes));
        assertEquals("version 9, this reader knows 2..7 (at byte 1)", refused.getMessage());
    }

    @Test
    void shouldRefuseAnOlderVersionInAClearSentence() {
        byte[] bytes = NetworkCodec.encode(SampleNetworks.least());
        bytes[1] = 1;
        MalformedDataException refused = assertThrows(MalformedDataException.class, () -> NetworkCodec.decode(bytes));
        assertEquals("version 1, this reader knows 2..7 (at byte 1)", refused.getMessage());
    }

    @Test
    void shouldWriteTheOlderVersionWhereItSaysAll() throws MalformedDataException {
        SpikingNetwork plain = Chains.plain(4);
        Operation.Neuron neuron = (Operation.Neuron) plain.output().operation();
        assertEquals(2, NetworkCodec.encode(plain)[1]);
        byte[] bytes = NetworkCodec.encode(Chains.withOperation(plain, 2, neuron.withFloor(new int[] {-7})));
        assertEquals(3, bytes[1]);
        assertArrayEquals(
                new int[] {-7},
                ((Operation.Neuron) NetworkCodec.decode(bytes).output().operation()).floor());
        bytes[1] = 2;
        MalformedDataException refused = assertThrows(MalformedDataException.class, () -> NetworkCodec.decode(bytes));
        assertTrue(refused.getMessage().startsWith("layer 2 'neurons': a floor needs version 3"), refused.getMessage());
        byte[] newest = NetworkCodec.encode(SampleNetworks.everything().withSelfTests(List.of()));
        assertEquals(5, newest[1]);
        newest[1] = 3;
        refused = assertThrows(MalformedDataException.class, () -> NetworkCodec.decode(newest));
        assertTrue(
                refused.getMessage().contains("a gate with steps finer than Q16 needs version 4"),
                refused.getMessage());
    }

    @Test
    void shouldWriteVersionSevenOnlyWhereThereAreSelfTests() throws MalformedDataException {
        SpikingNetwork plain = Chains.plain(4);
        SelfTest test = new SelfTest(new byte[plain.sampleBytes()], new byte[1], new int[] {-3}, 5);
        byte[] bytes = NetworkCodec.encode(plain.withSelfTests(List.of(test)));
        assertEquals(7, bytes[1]);
        assertArrayEquals(
                new int[] {-3},
                NetworkCodec.decode(bytes).selfTests().getFirst().scores());
        bytes[1] = 6;
        MalformedDataException refused = assertThrows(MalformedDataException.class, () -> NetworkCodec.decode(bytes));
        assertTrue(refused.getMessage().contains("a self-test needs version 7"), refused.getMessage());
    }

    @Test
    void shouldWriteVersionFourOnlyWhereSpikesAreTakenBackOrEdgesAreLopsided() throws MalformedDataException {
        SpikingNetwork plain = Chains.plain(4);
        Operation.Neuron burst =
                ((Operation.Neuron) plain.output().operation()).withOutput(Operation.Neuron.Output.BURST, 5);
        assertEquals(2, NetworkCodec.encode(Chains.withOperation(plain, 2, burst))[1]);
        byte[] bytes =
                NetworkCodec.encode(Chains.withOperation(plain, 2, burst.withCalibration(new SpikeCalibration(9))));
        assertEquals(4, bytes[1]);
        bytes[1] = 3;
        MalformedDataException refused = assertThrows(MalformedDataException.class, () -> NetworkCodec.decode(bytes));
        assertTrue(
                refused.getMessage().startsWith("layer 2 'neurons': a calibration needs version 4"),
                refused.getMessage());
        byte[] lopsided = NetworkCodec.encode(Chains.withDomain(plain, 2, EdgeDomain.signed(-1, 5)));
        assertEquals(4, lopsided[1]);
        lopsided[1] = 3;
        MalformedDataException early = assertThrows(MalformedDataException.class, () -> NetworkCodec.decode(lopsided));
        assertTrue(early.getMessage().startsWith("layer 2 'neurons': below_zero needs version 4"), early.getMessage());
        assertEquals(2, NetworkCodec.encode(Chains.withDomain(plain, 2, EdgeDomain.signed(5)))[1]);
    }

    @Test
    void shouldWriteVersionsFiveAndSixOnlyWhereAnythingButPlainOtttLearns() throws MalformedDataException {
        SpikingNetwork plain = Chains.learning(Chains.plain(4), 1);
        assertEquals(2, NetworkCodec.encode(plain)[1]);
        LearningRule rule = plain.learning().orElseThrow();
        for (LearningMethod.Kind kind : LearningMethod.Kind.values()) {
            LearningMethod method = switch (kind) {
                case FLIP -> LearningMethod.flips(0.5f, 0.25f);
                case CALIBRATION -> LearningMethod.calibration(0.25f, 2, List.of(List.of(0.5f)));
                default -> LearningMethod.OTTT.withKind(kind, 0);
            };
            int version = kind == LearningMethod.Kind.CALIBRATION ? 6 : 5;
            SpikingNetwork other = Chains.withLearning(plain, rule.withMethod(method));
            byte[] bytes = NetworkCodec.encode(other);
            assertEquals(kind == LearningMethod.Kind.OTTT ? 2 : version, bytes[1]);
            assertEquals(
                    method, NetworkCodec.decode(bytes).learning().orElseThrow().method());
            bytes[1] = 4;
            if (kind != LearningMethod.Kind.OTTT) {
                MalformedDataException refused =
                        assertThrows(MalformedDataException.class, () -> NetworkCodec.decode(bytes));
                assertTrue(refused.getMessage().contains(" needs version " + version), refused.getMessage());
            }
        }
    }

    @Test
    void shouldNotWriteWhatItWouldNotRead() {
        SpikingNetwork network = SampleNetworks.least();
        List<SpikingNetwork> unwritable = List.of(
                network.withSecurityCounter(-1),
                network.withLayers(Collections.nCopies(NetworkCheck.MAX_LAYERS + 1, network.input())),
                network.withProvenance(new Provenance("x".repeat(257), "", "", 0, 0)),
                network.withProvenance(new Provenance("half a pair: \ud800", "", "", 0, 0)));
        for (SpikingNetwork beyond : unwritable) {
            assertThrows(IllegalArgumentException.class, () -> NetworkCodec.encode(beyond));
        }
    }
}
