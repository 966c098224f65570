package io.spikelet.hal.linux;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.Watchdog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * The kernel's watchdog (Documentation/watchdog/watchdog-api.rst): any byte feeds it, a {@code V} before closing stops
 * it, unless the driver was loaded with {@code nowayout}. The time it waits is the driver's; 15 s on a Raspberry Pi.
 */
public final class WatchdogNode implements Watchdog {
    private static final byte FEED = 0;
    private static final byte STOP = 'V';
    private static final long USUAL_SECONDS = 15;

    private final Path node;
    private final FileChannel channel;
    private final long timeoutMillis;

    private WatchdogNode(Path node, FileChannel channel, long timeoutMillis) {
        this.node = node;
        this.channel = channel;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Opens it, which starts it.
     *
     * @param sys where sysfs is mounted, {@code /sys} on a board
     * @param node such as {@code /dev/watchdog0}; {@code /dev/watchdog} is the first of them
     * @throws HardwareUnavailableException when there is none, this user may not use it, or another program does
     */
    public static WatchdogNode open(Path sys, Path node) throws IOException {
        if (!Files.exists(node)) {
            throw new HardwareUnavailableException("there is no watchdog " + node
                    + "; on a Raspberry Pi load its driver (modprobe bcm2835_wdt), else try softdog");
        }
        try {
            FileChannel channel = FileChannel.open(node, StandardOpenOption.WRITE);
            return new WatchdogNode(node, channel, timeoutMillis(sys, node));
        } catch (FileSystemException refused) {
            throw new HardwareUnavailableException(
                    "cannot open the watchdog " + node + " ("
                            + (refused.getReason() == null ? "no permission" : refused.getReason())
                            + "); only one program may, and systemd is one where RuntimeWatchdogSec is set; else let"
                            + " this user write to it by a udev rule (docs/boards.md)",
                    refused);
        }
    }

    private static long timeoutMillis(Path sys, Path node) {
        String name = node.getFileName().toString();
        String known = name.equals("watchdog") ? "watchdog0" : name;
        long seconds = SysFiles.number(
                        sys.resolve("class/watchdog").resolve(known).resolve("timeout"))
                .orElse(USUAL_SECONDS);
        return TimeUnit.SECONDS.toMillis(Math.max(1, seconds));
    }

    @Override
    public void feed() throws IOException {
        write(FEED);
    }

    private void write(byte value) throws IOException {
        channel.write(ByteBuffer.wrap(new byte[] {value}));
    }

    @Override
    public long timeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public String name() {
        return node.toString();
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try (channel) {
                write(STOP);
            }
        }
    }
}
