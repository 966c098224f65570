import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks into the emulated board from outside, through QEMU's monitor (QMP), which the program on the board knows nothing of.
 *
 * <pre>
 * java Monitor.java SOCKET temperature MILLIDEGREES    sets what the TMP105 feels
 * java Monitor.java SOCKET pin N STOP-FILE             watches a line's level in the chip's registers until the file is there
 * java Monitor.java SOCKET say WORD                    sends a line to the board's console (SOCKET is that one's)
 * </pre>
 */
public final class Monitor {
    /** BCM2835 ARM peripherals, chapter 6, as a BCM2837 maps it. */
    private static final long FUNCTION_SELECT = 0x3f20_0000L;

    private static final long LEVEL_0 = 0x3f20_0034L;
    private static final int PINS_A_SELECT = 10;
    private static final int OUTPUT = 1;
    private static final Pattern WORD = Pattern.compile(": 0x([0-9a-f]{8})");

    private final SocketChannel channel;
    private final BufferedReader answers;

    private Monitor(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Monitor monitor = new Monitor(Path.of(arguments[0]));
        switch (arguments[1]) {
            case "say" -> monitor.send(arguments[2] + "\n");
            case "temperature" -> {
                monitor.greet();
                monitor.ask("{\"execute\":\"qom-set\",\"arguments\":{\"path\":\"/machine/peripheral/sensor\","
                        + "\"property\":\"temperature\",\"value\":" + Integer.parseInt(arguments[2]) + "}}");
            }
            case "pin" -> {
                monitor.greet();
                monitor.watch(Integer.parseInt(arguments[2]), Path.of(arguments[3]));
            }
            default -> throw new IllegalArgumentException(arguments[1]);
        }
    }

    private void greet() throws IOException {
        answers.readLine();
        ask("{\"execute\":\"qmp_capabilities\"}");
    }

    private void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The answer to a command; events that come between are passed over. */
    private String ask(String command) throws IOException {
        send(command + "\n");
        while (true) {
            String line = answers.readLine();
            if (line == null || line.contains("\"error\"")) {
                throw new IOException("QEMU answered " + line + " to " + command);
            }
            if (line.contains("\"return\"")) {
                return line;
            }
        }
    }

    private int word(long address) throws IOException {
        Matcher matcher =
                WORD.matcher(ask("{\"execute\":\"human-monitor-command\",\"arguments\":{\"command-line\":\"xp /1wx 0x"
                        + Long.toHexString(address) + "\"}}"));
        if (!matcher.find()) {
            throw new IOException("QEMU shows no word at 0x" + Long.toHexString(address));
        }
        return Integer.parseUnsignedInt(matcher.group(1), 16);
    }

    private void watch(int pin, Path stop) throws IOException, InterruptedException {
        int function = word(FUNCTION_SELECT + pin / PINS_A_SELECT * 4L) >> pin % PINS_A_SELECT * 3 & 7;
        long looks = 0;
        long high = 0;
        long rises = 0;
        boolean before = false;
        while (!Files.exists(stop)) {
            boolean now = (word(LEVEL_0) >> pin & 1) != 0;
            rises += now && !before ? 1 : 0;
            high += now ? 1 : 0;
            looks++;
            before = now;
            TimeUnit.MILLISECONDS.sleep(1);
        }
        System.out.println("GPIO" + pin + " is " + (function == OUTPUT ? "an output" : "no output (" + function + ")")
                + "; seen high in " + high + " of " + looks + " looks, rising " + rises + " times");
        System.exit(function == OUTPUT && rises > 0 && high < looks ? 0 : 1);
    }
}
