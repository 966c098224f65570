package io.spikelet.host.lava;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.hdf5.NodeFields;
import io.spikelet.host.hdf5.ReadBudget;
import io.spikelet.host.hdf5.Superblock;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads lava-dl's HDF5 layout, {@code /layer/{0, 1, …}/{type, shape, …}}, as SLAYER's {@code export_hdf5} writes it and
 * netx reads it. Blocks follow each other in the order of their numbers.
 */
public final class LavaImporter {
    static final NodeFields.Writer WRITER =
            new NodeFields.Writer("lava-dl .net file", "export the network with export_hdf5");

    private LavaImporter() {}

    /** Whether a file's name says that it is such a network. */
    public static boolean isMeantBy(Path file) {
        return file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".net");
    }

    /** Reads one file; as below. */
    public static LavaNet read(Path file) throws ImportException {
        return read(ModelFile.read(file, "a .net file"));
    }

    /**
     * Reads a file whose bytes are at hand.
     *
     * @throws ImportException when it is no HDF5, is damaged, or holds a block, a neuron or a field that the engine
     *     cannot give exactly; one sentence names file, layer and field
     */
    public static LavaNet read(ModelFile file) throws ImportException {
        Superblock.requireWhole(file.bytes(), file.name(), WRITER);
        // The HDF5 reader trusts its input: a damaged file can raise any of these, at opening or at any field.
        try (HdfFile hdf = HdfFile.fromBytes(file.bytes())) {
            return read(file, hdf);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            throw new ImportException(
                    file.name() + ": is truncated or damaged (" + damaged.getMessage() + "); copy or export it again",
                    damaged);
        }
    }

    private static LavaNet read(ModelFile file, HdfFile hdf) throws ImportException {
        String name = file.name();
        NodeFields root = new NodeFields(name, "the root", hdf, new ReadBudget(file.bytes().length), WRITER);
        NodeFields layers = root.at("layer", root.group("layer"));
        int count = root.group("layer").getChildren().size();
        if (count < 1 || count > NetworkCheck.MAX_LAYERS / 4) {
            throw new ImportException(
                    name + ": has " + count + " layers; 1 to " + NetworkCheck.MAX_LAYERS / 4 + " are supported");
        }
        List<LavaBlock> blocks = new ArrayList<>();
        Shape input = null;
        for (int i = 0; i < count; i++) {
            Group group = layers.group(Integer.toString(i));
            BlockReader reader =
                    new BlockReader(name, "layer/" + i, layers.at("layer/" + i, group), group, i == count - 1);
            if (i == 0) {
                input = reader.networkInput();
            }
            blocks.add(reader.read(i == 0 ? input : blocks.getLast().shape(), i == 0));
        }
        return new LavaNet(name, file.digest(), input, blocks);
    }
}
