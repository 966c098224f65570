package io.spikelet.host.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.spikelet.host.graph.ImportException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bad file gets one sentence that names file, layer and field, and no more memory than a good one. */
class LayerFaultTest {
    private static final long MOST_BYTES = 256L << 20;
    private static final Path GOLDEN = Path.of("src/test/golden/layers");
    private static final String DENSE = "{\"name\":\"dense\",\"kind\":\"affine\",\"weight\":\"w\"}";
    private static final String NEURON = "{\"name\":\"n\",\"kind\":\"neuron\",\"a0\":0.5,\"threshold\":1}";

    @TempDir
    private Path folder;

    private WrittenLayers written() {
        return new WrittenLayers(folder)
                .tensor("w", "[2,3]", 1, 2, 3, 4, 5, 6)
                .tensor("two", "[2,1]", 1, 2)
                .tensor("row", "[1,2]", 1, 2)
                .tensor("three", "[1,3]", 1, 2, 3)
                .tensor("column", "[3,1]", 1, 2, 3)
                .tensor("line", "[2]", 1, 2)
                .tensor("square", "[2,2]", 1, 2, 3, 4)
                .tensor("same", "[2,2]", 3, 3, 3, 3);
    }

    private static void refused(String part, Executable reading) {
        String message = assertThrows(ImportException.class, reading).getMessage();
        assertTrue(message.startsWith("bad."), message);
        assertTrue(message.contains(part), message);
        assertEquals(message, message.replaceAll("\\p{Cntrl}", ""), "one line");
    }

    /** Refuses one neuron layer with more fields, behind a dense layer of two rows. */
    private void refusedLayer(String part, String layer) {
        refused(part, () -> written().read("[3]", "n", DENSE, layer.replace('\'', '"')));
    }

    @Test
    void shouldTakeWhatTheFaultsBelowStartFrom() throws Exception {
        assertEquals(4, written().read("[3]", "n", DENSE, NEURON).nodes().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        is 'nuron'; it is one of affine,            | {'name':'n','kind':'nuron'}
        field 'treshold': is not one that its kind has; it may have a0, a1, attention, b0 | {'name':'n','kind':'neuron','a0':1,'threshold':1,'treshold':1}
        has no field 'threshold', which its kind needs | {'name':'n','kind':'neuron','a0':1}
        field 'compare': must be above or at-least  | {'name':'n','kind':'neuron','a0':1,'threshold':1,'compare':'>'}
        names the tensor 'x', which bad.safetensors does not hold | {'name':'n','kind':'neuron','a0':'x','threshold':1}
        field 'a0': has 6 values a step but 2 reaches  | {'name':'n','kind':'neuron','a0':'w','threshold':1}
        field 'a0': must name a tensor              | {'name':'n','kind':'neuron','a0':{'per_step':'two'},'threshold':1}
        field 'gain': must be a number, a tensor's name or | {'name':'n','kind':'neuron','a0':1,'threshold':1,'gain':{'each':'two'}}
        field 'a0': must be a number within the range of float | {'name':'n','kind':'neuron','a0':1e60,'threshold':1}
        field 'noise': must be {"mean": a number, "std": a number of 0 or more} | {'name':'n','kind':'neuron','a0':1,'threshold':1,'noise':0.5}
        field 'noise': must be {"mean": a number, "std": a number of 0 or more} | {'name':'n','kind':'neuron','a0':1,'threshold':1,'noise':{'mean':0.5}}
        field 'noise': must be {"mean": a number, "std": a number of 0 or more} | {'name':'n','kind':'neuron','a0':1,'threshold':1,'noise':{'mean':0.5,'std':-1}}
        field 'noise': must be {"mean": a number, "std": a number of 0 or more} | {'name':'n','kind':'neuron','a0':1,'threshold':1,'noise':{'mean':0.5,'std':'w'}}
        field 'noise': must be a number within the range of float | {'name':'n','kind':'neuron','a0':1,'threshold':1,'noise':{'mean':1e60,'std':0}}
        field 'noise': is not one that its kind has | {'name':'n','kind':'lif','tau':1,'v_threshold':1,'noise':{'mean':0,'std':0}}
        field 'initial': has 6 values a step but 2 reaches | {'name':'n','kind':'neuron','a0':1,'threshold':1,'initial':'w'}
        field 'initial': must name a tensor         | {'name':'n','kind':'neuron','a0':1,'threshold':1,'initial':{'per_step':'two'}}
        field 'initial': must be a number within the range of float | {'name':'n','kind':'neuron','a0':1,'threshold':1,'initial':-1e60}
        is 'attention'; it is one of affine         | {'name':'n','kind':'attention'}
        field 'attention': must be an object of fields | {'name':'n','kind':'neuron','a0':1,'threshold':1,'attention':'two'}
        has no field 'attention.spatial', which     | {'name':'n','kind':'neuron','a0':1,'threshold':1,'attention':{}}
        field 'attention.squeeze': must name a tensor | {'name':'n','kind':'neuron','a0':1,'threshold':1,'attention':{'spatial':'two','squeeze':1,'excite':'two'}}
        field 'attention.spatial': must name a tensor | {'name':'n','kind':'neuron','a0':1,'threshold':1,'attention':{'spatial':{'per_step':'two'},'squeeze':'w','excite':'w'}}
        field 'attention.spatial_bias': has 2 values | {'name':'n','kind':'neuron','a0':1,'threshold':1,'attention':{'spatial':'two','squeeze':'row','excite':'two','spatial_bias':'two'}}
        field 'attention.squeeze': has shape [2, 1]; it must be [1, 2] | {'name':'n','kind':'neuron','a0':1,'threshold':1,'attention':{'spatial':'two','squeeze':'two','excite':'two'}}
        field 'attention.excite': has shape [1, 2]; it must be [2, 1] | {'name':'n','kind':'neuron','a0':1,'threshold':1,'attention':{'spatial':'two','squeeze':'row','excite':'row'}}
        field 'attention.squeeze': has shape [1, 2]; it must be [0, 6] | {'name':'n','kind':'neuron','a0':1,'threshold':1,'attention':{'spatial':'w','squeeze':'row','excite':'two'}}
        field 'attention.kernel': is not one that its kind has; it may have excite, spatial, spatial_bias, squeeze | {'name':'n','kind':'neuron','a0':1,'threshold':1,'attention':{'spatial':'two','squeeze':'row','excite':'two','kernel':1}}
        field 'attention.spatial': weighs 3 channels but 2 reaches | {'name':'n','kind':'neuron','a0':1,'threshold':1,'attention':{'spatial':'three','squeeze':'three','excite':'column'}}
        field 'attention': is not one that its kind has | {'name':'n','kind':'hoyer','extremum':1,'threshold':1,'attention':{'spatial':'two'}}
        field 'standardise.gain': has 3 values      | {'name':'n','kind':'affine','weight':'square','standardise':{'gain':'three'}}
        field 'standardise.eps': leaves             | {'name':'n','kind':'affine','weight':'square','standardise':{'eps':-1e9}}
        field 'standardise.eps': leaves 0.0 of row 0 | {'name':'n','kind':'affine','weight':'same','standardise':{'eps':0}}
        field 'standardise': needs rows of two weights or more | {'name':'n','kind':'affine','weight':'two','standardise':{}}
        field 'standardise': must be an object      | {'name':'n','kind':'affine','weight':'square','standardise':true}
        field 'standardise.scale': is not one that  | {'name':'n','kind':'affine','weight':'square','standardise':{'scale':2}}
        field 'standardise': leaves the range of float | {'name':'n','kind':'affine','weight':'square','standardise':{'gain':3e38,'eps':-0.99}}
        field 'weight': has 1 dimensions; its kind wants 2 | {'name':'n','kind':'affine','weight':'line','standardise':{}}
        field 'standardise': is not one that its kind has | {'name':'n','kind':'flatten','standardise':{}}
        field 'scale': must be a number             | {'name':'n','kind':'norm','mean':0,'var':1,'scale':'two'}
        names 1 sources; add and and join two or more, iand exactly two | {'name':'n','kind':'iand'}
        has a name that is taken                    | {'name':'dense','kind':'flatten'}
        has a name that is taken                    | {'name':'input','kind':'flatten'}
        field 'kernel': must be whole numbers       | {'name':'n','kind':'max_pool','kernel':1099511627776}
        'var' and 'eps' are -1.0 and 1.0E-5         | {'name':'n','kind':'norm','mean':0,'var':-1}
        field 'weights': must be int8, int4, ternary, binary or log2 | {'name':'n','kind':'affine','weight':'w','weights':'int3'}
        field 'weights': is not one that its kind has | {'name':'n','kind':'flatten','weights':'int8'}
        edge 'nowhere' -> 'n' names the node 'nowhere' | {'name':'n','kind':'flatten','from':'nowhere'}
        field 'from': is empty                      | {'name':'n','kind':'flatten','from':[]}
        """)
    void shouldRefuseALayer(String part, String layer) {
        refusedLayer(part, layer);
    }

    @Test
    void shouldRefuseANormThatNothingBesideItCanTake() {
        String norm = "{\"name\":\"norm\",\"kind\":\"norm\",\"mean\":%s,\"var\":1}";
        refused(
                "layer 'norm' is a norm that neither the weights before it nor the neurons behind it can take",
                () -> written().read("[3]", "n", DENSE, norm.formatted("{\"per_step\":\"two\"}"), """
                    {"name":"n","kind":"lif","tau":2,"v_threshold":1}\
                    """));
        refused(
                "is a norm of a norm",
                () -> written()
                        .read(
                                "[3]",
                                "n",
                                DENSE,
                                norm.formatted("0"),
                                norm.formatted("0").replace("\"norm\",\"kind\"", "\"again\",\"kind\""),
                                NEURON));
    }

    @Test
    void shouldRefuseTablesOfOneNeuronThatDoNotCoverTheSameSteps() {
        refused(
                "'gain' has 2 rows and 'mean' 3",
                () -> written()
                        .tensor("steps", "[3,1]", 1, 2, 3)
                        .read(
                                "[3]",
                                "n",
                                DENSE,
                                "{\"name\":\"norm\",\"kind\":\"norm\",\"mean\":{\"per_step\":\"steps\"},\"var\":1}",
                                """
                                {"name":"n","kind":"neuron","a0":1,"threshold":1,"gain":{"per_step":"two"}}\
                                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../bad.safetensors", "/etc/hostname", "..", "a/b", "c:\\\\d"})
    void shouldRefuseTensorsThatDoNotLieBesideTheFile(String path) {
        refused(
                "field 'tensors': is '",
                () -> written().read("{\"format\":\"spikelet-layers\",\"version\":1,\"tensors\":\"" + path + "\"}"));
    }

    @Test
    void shouldRefuseALinkOutOfTheFolder(@TempDir Path elsewhere) throws Exception {
        Path there = Files.write(elsewhere.resolve("there"), new byte[16]);
        Files.createSymbolicLink(folder.resolve("link"), there);
        refused(
                "'link' is a link out of the folder",
                () -> written().read("{\"format\":\"spikelet-layers\",\"version\":1,\"tensors\":\"link\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        is not a JSON object                    | []
        is no JSON that can be read             | {'format':
        is no JSON that can be read (Duplicate  | {'format':1,'format':1}
        has no "format": "spikelet-layers"      | {'format':'onnx'}
        is of version 2; this reader knows 1    | {'format':'spikelet-layers','version':2}
        field 'layer' is not one that the format has | {'format':'spikelet-layers','version':1,'layer':[]}
        field 'layers': must be a list of 1 to  | {'format':'spikelet-layers','version':1,'layers':[]}
        layer 0: must be an object              | {'format':'spikelet-layers','version':1,'layers':[1]}
        holds a null at byte                    | {'format':null}
        has more behind its JSON object         | {} {}
        exceeds the maximum allowed             | {'a':[[[[[[[[[[[[1]]]]]]]]]]]]}
        """)
    void shouldRefuseJson(String part, String json) {
        refused(part, () -> written().read(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0]", "[-1]", "[1099511627776]", "[1,2,3,4]", "[2147483647,2147483647,2147483647]", "3"})
    void shouldRefuseAnInputThatIsNoShape(String extents) {
        refused("'input'", () -> written().read(extents, "n", DENSE, NEURON));
    }

    @Test
    void shouldRefuseAHeaderThatClaimsMoreThanTheFileHas() {
        for (long declared : new long[] {1L << 60, Long.MIN_VALUE, -1, 0, 1000}) {
            refused(
                    "says at byte 0 that its header has " + Long.toUnsignedString(declared) + " bytes",
                    () -> written().read(json(), WrittenLayers.safetensors(declared, new byte[20], new byte[0])));
        }
        refused("has 3 bytes and no header", () -> written().read(json(), new byte[3]));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        the shape value 1099511627776; it must be   | {'w':{'dtype':'F32','shape':[1099511627776],'data_offsets':[0,8]}}
        more numbers than a file can hold           | {'w':{'dtype':'F32','shape':[65536,65536,65536,65536],'data_offsets':[0,8]}}
        8 bytes, but its data_offsets are [0, 4]    | {'w':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}
        the data_offsets value 12                   | {'w':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}
        the data_offsets value -4                   | {'w':{'dtype':'F32','shape':[2],'data_offsets':[-4,4]}}
        is of dtype 'F8_E4M3'; save it as one of F64, F32 | {'w':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}}
        needs a dtype, a shape and two data_offsets | {'w':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}
        begins at byte                              | {'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}
        begins at byte                              | {'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'v':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}
        has 4 bytes at its end that belong to no tensor | {'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}
        holds NaN as a float at index 0             | {'w':{'dtype':'F32','shape':[1,2],'data_offsets':[0,8]}}
        which holds no numbers                      | {'v':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'w':{'dtype':'F32','shape':[0,2],'data_offsets':[8,8]}}
        """)
    void shouldRefuseTensors(String part, String header) {
        byte[] data = {0, 0, (byte) 0xc0, 0x7f, 0, 0, 0, 0};
        refused(part, () -> written().read(json(), WrittenLayers.safetensors(header.replace('\'', '"'), data)));
    }

    private static byte[] json() {
        return ("{\"format\":\"spikelet-layers\",\"version\":1,\"input\":[2],\"layers\":[" + DENSE
                        + "],\"output\":\"dense\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bntt", "glif", "sew-iand", "hoyer", "start", "attention", "ottt", "tdbn"})
    void shouldTakeInOrRefuseDamagedFilesWithinBounds(String name) throws Exception {
        byte[] json = new String(Files.readAllBytes(GOLDEN.resolve(name + ".json")), StandardCharsets.UTF_8)
                .replace(name + ".safetensors", "bad.safetensors")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tensors = Files.readAllBytes(GOLDEN.resolve(name + ".safetensors"));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        Random random = new Random(17);
        int refused = 0;
        for (int trial = 0; trial < 200; trial++) {
            byte[] changedJson = trial % 2 == 0 ? LayerMutation.ofJson(json, random) : json;
            byte[] changedTensors = trial % 2 == 1 ? LayerMutation.ofTensors(tensors, random) : tensors;
            long before = threads.getThreadAllocatedBytes(thread);
            try {
                written().read(changedJson, changedTensors);
            } catch (ImportException expected) {
                String message = expected.getMessage();
                assertTrue(message.startsWith("bad."), message);
                assertEquals(message, message.replaceAll("\\p{Cntrl}", ""), "one line");
                refused++;
            }
            long taken = threads.getThreadAllocatedBytes(thread) - before;
            assertTrue(taken < MOST_BYTES, taken + " bytes in trial " + trial);
        }
        assertTrue(refused > 100, refused + " of 200 refused");
    }

    @Test
    void shouldRefuseEveryTruncation() throws Exception {
        byte[] tensors = Files.readAllBytes(GOLDEN.resolve("bntt.safetensors"));
        for (int length = 0; length < tensors.length; length += 11) {
            int kept = length;
            refused("bad.safetensors", () -> written().read(json(), Arrays.copyOf(tensors, kept)));
        }
    }
}
