package io.spikelet.hal.linux;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.OutputPin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An LED of the kernel's, such as {@code ACT}: its trigger is taken away while this is open and given back then. */
public final class LedFile implements OutputPin {
    private static final String BY_HAND = "none";
    private static final String BRIGHTNESS = "brightness";
    private static final String TRIGGER = "trigger";

    private final Path led;
    private final String formerTrigger;
    private final String brightest;

    private LedFile(Path led, String formerTrigger, String brightest) {
        this.led = led;
        this.formerTrigger = formerTrigger;
        this.brightest = brightest;
    }

    /**
     * @param sys where sysfs is mounted, {@code /sys} on a board
     * @param name as under {@code class/leds}
     * @throws HardwareUnavailableException when there is none of that name, or this user may not set it
     */
    public static LedFile open(Path sys, String name) throws IOException {
        Path leds = sys.resolve("class/leds");
        Path led = leds.resolve(name);
        if (name.contains("/") || !Files.exists(led.resolve(BRIGHTNESS))) {
            throw new HardwareUnavailableException("there is no LED \"" + name + "\" under " + leds + "; there are "
                    + SysFiles.folders(leds, "").stream()
                            .map(path -> path.getFileName().toString())
                            .toList());
        }
        if (!Files.isWritable(led.resolve(BRIGHTNESS))) {
            throw new HardwareUnavailableException(
                    "this user may not set the LED " + led + "; write a udev rule for it (docs/boards.md)");
        }
        String most = SysFiles.text(led.resolve("max_brightness")).orElse("1");
        LedFile file =
                new LedFile(led, chosen(SysFiles.text(led.resolve(TRIGGER)).orElse("")), most);
        file.trigger(BY_HAND);
        file.set(false);
        return file;
    }

    /** The word in brackets of {@code none [mmc0] timer}. */
    private static String chosen(String triggers) {
        int from = triggers.indexOf('[');
        int to = triggers.indexOf(']');
        return from >= 0 && to > from ? triggers.substring(from + 1, to) : BY_HAND;
    }

    private void trigger(String name) throws IOException {
        if (Files.isWritable(led.resolve(TRIGGER))) {
            Files.writeString(led.resolve(TRIGGER), name);
        }
    }

    @Override
    public void set(boolean high) throws IOException {
        Files.writeString(led.resolve(BRIGHTNESS), high ? brightest : "0");
    }

    @Override
    public String name() {
        return "LED " + led.getFileName();
    }

    @Override
    public void close() throws IOException {
        set(false);
        trigger(formerTrigger);
    }
}
