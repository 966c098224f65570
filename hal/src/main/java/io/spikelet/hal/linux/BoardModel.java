package io.spikelet.hal.linux;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the board's maker calls it.
 *
 * @param name such as {@code Raspberry Pi 3 Model B Rev 1.2}, or the processor's vendor and product on a PC
 * @param isRaspberryPi whether Pi4J's drivers fit
 */
public record BoardModel(String name, boolean isRaspberryPi) {
    private static final String RASPBERRY_PI = "Raspberry Pi";

    /**
     * Reads the device tree, else the firmware's table.
     *
     * @param root {@code /} on a board
     */
    public static BoardModel read(Path root) {
        Optional<String> tree = SysFiles.text(root.resolve("proc/device-tree/model"));
        if (tree.isPresent()) {
            String name = tree.get().replace("\0", "").strip();
            return new BoardModel(name, name.startsWith(RASPBERRY_PI));
        }
        Path table = root.resolve("sys/class/dmi/id");
        return new BoardModel(
                SysFiles.text(table.resolve("sys_vendor"))
                        .flatMap(vendor ->
                                SysFiles.text(table.resolve("product_name")).map(product -> vendor + " " + product))
                        .orElse("a board that does not say its name"),
                false);
    }
}
