package io.spikelet.hal.linux;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.Throttling;
import io.spikelet.hal.board.ThrottlingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The Raspberry Pi firmware's bits: from the kernel's file where it has one, else from {@link FirmwareCommand}. */
public final class FirmwareThrottling implements Throttling {
    private static final String FILE = "devices/platform/soc/soc:firmware/get_throttled";
    private static final String WORD = "get_throttled";
    private static final String ANSWER = "throttled=0x";
    private static final int HEX = 16;

    private final Path file;
    private final FirmwareCommand command;
    private String source = "not asked yet";

    /** @param sys where sysfs is mounted, {@code /sys} on a board */
    public FirmwareThrottling(Path sys, FirmwareCommand command) {
        this.file = sys.resolve(FILE);
        this.command = command;
    }

    @Override
    public Optional<ThrottlingState> state() throws IOException {
        Optional<String> bits = SysFiles.text(file);
        if (bits.isPresent()) {
            source = file.toString();
            return Optional.of(parse(bits.get()));
        }
        try {
            String answer = command.ask(WORD);
            source = "vcgencmd " + WORD;
            if (!answer.startsWith(ANSWER)) {
                throw new IOException("vcgencmd " + WORD + " answered \"" + answer + "\", not " + ANSWER + "…");
            }
            return Optional.of(parse(answer.substring(ANSWER.length())));
        } catch (HardwareUnavailableException absent) {
            source = absent.getMessage();
            return Optional.empty();
        }
    }

    private static ThrottlingState parse(String hex) throws IOException {
        try {
            return new ThrottlingState(Integer.parseInt(hex, HEX));
        } catch (NumberFormatException e) {
            throw new IOException("the firmware's throttling bits are no hexadecimal number: \"" + hex + "\"", e);
        }
    }

    @Override
    public String source() {
        return source;
    }
}
