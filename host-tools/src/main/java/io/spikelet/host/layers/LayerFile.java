package io.spikelet.host.layers;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a layer file says, each layer on its own.
 *
 * @param input extents of the input
 * @param layers by name, in the file's order
 * @param output the layer that gives the output
 * @param digest SHA-256 of both files, hex
 */
record LayerFile(int[] input, Map<String, Layer> layers, String output, String digest) {
    static final String INPUT = "input";
    static final String OUTPUT = "output";

    private static final String FORMAT = "spikelet-layers";
    private static final long VERSION = 1;
    private static final int MOST_LAYERS = 4000;
    private static final int MOST_EDGES = 16_384;
    private static final Set<String> FIELDS = Set.of("format", "version", "tensors", "input", "layers", "output");

    /** Reads both files. */
    static LayerFile of(ModelFile file) throws ImportException {
        Map<String, Object> root = JsonTree.object(file.name(), file.bytes(), 0, file.bytes().length);
        if (!FORMAT.equals(root.get("format"))) {
            throw new ImportException(file.name() + ": has no \"format\": \"" + FORMAT
                    + "\"; give a layer file, as docs/layer-file.md has it");
        }
        if (!Long.valueOf(VERSION).equals(root.get("version"))) {
            throw new ImportException(file.name() + ": is of version " + root.get("version") + "; this reader knows "
                    + VERSION + ", write it so or take a newer spikelet");
        }
        for (String field : root.keySet()) {
            if (!FIELDS.contains(field)) {
                throw new ImportException(file.name() + ": field '" + field + "' is not one that the format has; remove"
                        + " it or correct its name");
            }
        }
        ModelFile numbers = beside(file, root.get("tensors"));
        Safetensors tensors = Safetensors.of(numbers);
        Map<String, Layer> layers = layers(file.name(), root.get("layers"), tensors);
        return new LayerFile(
                extents(file.name(), root.get("input")),
                layers,
                text(file.name(), "output", root.get("output")),
                file.digestWith(numbers));
    }

    /** The file of tensors, which lies in the same folder. */
    private static ModelFile beside(ModelFile file, Object field) throws ImportException {
        String name = field == null
                ? file.name().replaceFirst("\\.[^.]*$", "") + ".safetensors"
                : text(file.name(), "tensors", field);
        Path folder = file.folder()
                .orElseThrow(() -> new ImportException(
                        file.name() + ": needs its safetensors file beside it; give the path of the file"));
        boolean isPlain = name.matches("[^/\\\\:\\p{Cntrl}]+") && !name.equals(".") && !name.equals("..");
        if (!isPlain) {
            throw new ImportException(file.name() + ": field 'tensors': is '" + name
                    + "'; name a file in the same folder, without a path");
        }
        Path beside = folder.resolve(name);
        try {
            if (!Files.exists(beside)) {
                throw new ImportException(
                        file.name() + ": field 'tensors': there is no '" + name + "' in the same folder; put it there");
            }
            if (!folder.toRealPath().equals(beside.toRealPath().getParent())) {
                throw new ImportException(file.name() + ": field 'tensors': '" + name
                        + "' is a link out of the folder; put the file itself there");
            }
        } catch (IOException unreadable) {
            throw new ImportException(
                    file.name() + ": field 'tensors': '" + name + "' cannot be found (" + unreadable.getMessage()
                            + "); put it beside the file",
                    unreadable);
        }
        return ModelFile.read(beside, "a .safetensors file");
    }

    private static int[] extents(String file, Object field) throws ImportException {
        if (field instanceof List<?> list && !list.isEmpty() && list.size() <= 3) {
            int[] extents = new int[list.size()];
            for (int d = 0; d < extents.length; d++) {
                extents[d] = list.get(d) instanceof Long extent && extent >= 1 && extent <= Integer.MAX_VALUE
                        ? (int) (long) extent
                        : -1;
            }
            return extents;
        }
        throw new ImportException(
                file + ": field 'input': must be [n], [channels, length] or [channels, height, width]");
    }

    private static Map<String, Layer> layers(String file, Object field, Safetensors tensors) throws ImportException {
        if (!(field instanceof List<?> list) || list.isEmpty() || list.size() > MOST_LAYERS) {
            throw new ImportException(file + ": field 'layers': must be a list of 1 to " + MOST_LAYERS + " layers");
        }
        Map<String, Layer> layers = new LinkedHashMap<>();
        String before = INPUT;
        int edges = 0;
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> object)) {
                throw new ImportException(file + ": field 'layers', layer " + layers.size() + ": must be an object");
            }
            Map<String, Object> values = new LinkedHashMap<>();
            object.forEach((key, value) -> values.put((String) key, value));
            String place = "layers[" + layers.size() + "].";
            String name = text(file, place + "name", values.get("name"));
            String kind = text(file, place + "kind", values.get("kind"));
            List<String> from = sources(file, name, values.get("from"), before);
            edges += from.size();
            if (edges > MOST_EDGES) {
                throw new ImportException(
                        file + ": has more than " + MOST_EDGES + " edges between its layers; split the model");
            }
            if (name.equals(INPUT) || name.equals(OUTPUT) || layers.containsKey(name)) {
                throw new ImportException(file + ": layer '" + name + "' has a name that is taken; rename it");
            }
            layers.put(name, LayerKinds.layer(new LayerFields(file, name, values, tensors), kind, from));
            before = name;
        }
        return layers;
    }

    private static List<String> sources(String file, String layer, Object field, String before) throws ImportException {
        if (field == null) {
            return List.of(before);
        }
        List<String> names = new ArrayList<>();
        for (Object item : field instanceof List<?> list ? list : List.of(field)) {
            names.add(text(file, layer + ".from", item));
        }
        if (names.isEmpty()) {
            throw new ImportException(file + ": layer '" + layer + "', field 'from': is empty; name a source");
        }
        return names;
    }

    private static String text(String file, String field, Object value) throws ImportException {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new ImportException(file + ": field '" + field + "': must be a name");
    }
}
