package io.spikelet.bench.rig;

import io.spikelet.bench.measure.Machine;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Under what circumstances a run was made: all that somebody needs who compares it with another, months later.
 *
 * @param started by the host's clock
 * @param dut where the device is, as it was written
 * @param identity who it said it is
 * @param image that it runs, where that is known
 * @param inputs what was loaded for the windows
 * @param rules of the windows
 * @param modes that were asked for
 * @param host that drove it
 */
record Manifest(
        Instant started,
        String dut,
        Dut.Identity identity,
        Optional<ImageFacts> image,
        String inputs,
        WindowRules rules,
        List<Mode> modes,
        Machine host) {
    Manifest {
        modes = List.copyOf(modes);
    }

    /**
     * An image.
     *
     * @param file its name without its folder
     * @param name of its network
     * @param version of the image
     * @param digest SHA-256 of header and body, hex, as slots name it
     */
    record ImageFacts(String file, String name, String version, String digest) {
        static ImageFacts of(Path file, ModelImage image, SpikingNetwork network) {
            return new ImageFacts(
                    String.valueOf(file.getFileName()),
                    network.name(),
                    image.version().toString(),
                    HexFormat.of().formatHex(image.digest()));
        }

        /** File, name, version and the digest's beginning: two of one version are told apart. */
        String words() {
            return file + ": " + name + " " + version + ", SHA-256 " + digest.substring(0, 16);
        }
    }
}
