package io.spikelet.hal.pi4j;

import io.spikelet.hal.board.BoardHardware;
import io.spikelet.hal.board.HardwareUnavailableException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens a Raspberry Pi's pins and buses, where Pi4J is there. */
public final class PiHardware {
    private static final Map<String, String> JARS = jars();

    private PiHardware() {}

    /** A class of each jar that is needed, and the jar. */
    private static Map<String, String> jars() {
        Map<String, String> jars = new LinkedHashMap<>();
        jars.put("com.pi4j.Pi4J", "pi4j-core-3.0.4.jar");
        jars.put("com.pi4j.plugin.gpiod.GpioDPlugin", "pi4j-plugin-gpiod-3.0.4.jar");
        jars.put("com.pi4j.library.gpiod.internal.GpioDContext", "pi4j-library-gpiod-3.0.4.jar");
        jars.put("com.pi4j.plugin.linuxfs.LinuxFsPlugin", "pi4j-plugin-linuxfs-3.0.4.jar");
        jars.put("com.pi4j.library.linuxfs.LinuxFile", "pi4j-library-linuxfs-3.0.4.jar");
        jars.put("com.sun.jna.Native", "jna-5.15.0.jar");
        return jars;
    }

    /** The jars that are not on the module path or class path. */
    public static List<String> missingJars() {
        return JARS.entrySet().stream()
                .filter(entry -> !isThere(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, PiHardware.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /**
     * Opens them.
     *
     * @param name what the board calls itself
     * @throws HardwareUnavailableException when a jar is missing, or Pi4J finds no pins on this board
     */
    public static BoardHardware open(String name) throws IOException {
        List<String> missing = missingJars();
        if (!missing.isEmpty()) {
            throw new HardwareUnavailableException("pins need Pi4J, and " + String.join(", ", missing)
                    + (missing.size() == 1 ? " is" : " are")
                    + " not on the module path or class path; start with device-runtime/target/dist/pi4j added");
        }
        return Pi4jBoard.open(name);
    }
}
