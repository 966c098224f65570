package io.spikelet.device;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.device.doctor.Doctor;
import io.spikelet.device.doctor.Finding;
import io.spikelet.hal.linux.FirmwareCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code spikelet-device doctor}. */
final class DoctorCommand {
    private static final int OK = 0;
    private static final int AMISS = 1;

    private static final String HELP = """
        spikelet-device doctor: what this board has and what is missing, each in a sentence, with what to do.

        Usage:
          spikelet-device doctor [--need TOPICS] [--data DIR] [--probe] [--json]

          --need TOPICS   fail when one of these is not there, such as gpio,i2c,watchdog
          --data DIR      where the board's folder is or will be, for the free space; here unless said
          --probe         also read from I2C addresses 0x40 to 0x4f, where meters and sensors sit
          --json          the same for a script
          --help

        Topics: %s

        Examples:
          spikelet-device doctor
          spikelet-device doctor --need gpio,i2c,watchdog --data /var/lib/spikelet
          spikelet-device doctor --probe --json

        It changes nothing. Exit codes: 0 nothing is amiss and all that is needed is there, 1 something is not, 2 bad use.
        """.formatted(String.join(", ", Doctor.TOPICS));

    private DoctorCommand() {}

    /** @param root {@code /} on a board */
    static int run(List<String> words, Path root, PrintStream out) throws BadUseException, IOException {
        if (words.contains("--help") || words.contains("-h")) {
            out.print(HELP);
            return OK;
        }
        CommandLine line = CommandLine.parse(words, Set.of("--need", "--data"), Set.of("--probe", "--json"));
        List<String> needed = needed(line);
        Path data = Path.of(line.value("--data").orElse("."));
        List<Finding> findings =
                new Doctor(root, data, line.has("--probe"), new FirmwareCommand(FirmwareCommand.TOOL)).findings();
        boolean well = findings.stream()
                .noneMatch(finding -> finding.mark() == Finding.Mark.AMISS
                        || finding.mark() == Finding.Mark.ABSENT && needed.contains(finding.topic()));
        if (line.has("--json")) {
            out.println(json(findings, well));
        } else {
            findings.forEach(finding -> print(finding, needed, out));
        }
        return well ? OK : AMISS;
    }

    private static List<String> needed(CommandLine line) throws BadUseException {
        if (line.value("--need").isEmpty()) {
            return List.of();
        }
        List<String> needed = List.of(line.value("--need").get().split(","));
        for (String topic : needed) {
            if (!Doctor.TOPICS.contains(topic)) {
                throw new BadUseException(
                        "--need does not know \"" + topic + "\"; it knows " + String.join(", ", Doctor.TOPICS));
            }
        }
        return needed;
    }

    private static void print(Finding finding, List<String> needed, PrintStream out) {
        String mark = finding.mark() == Finding.Mark.ABSENT && needed.contains(finding.topic())
                ? "MISSING"
                : finding.mark() == Finding.Mark.AMISS
                        ? "AMISS"
                        : finding.mark().name().toLowerCase(Locale.ROOT);
        out.printf(Locale.ROOT, "%-8s%-11s%s%n", mark, finding.topic(), finding.sentence());
        if (!finding.advice().isEmpty()) {
            out.printf(Locale.ROOT, "%19s-> %s%n", "", finding.advice());
        }
    }

    private static String json(List<Finding> findings, boolean well) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeBooleanField("well", well);
            json.writeArrayFieldStart("findings");
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeStringField("topic", finding.topic());
                json.writeStringField("mark", finding.mark().name().toLowerCase(Locale.ROOT));
                json.writeStringField("sentence", finding.sentence());
                if (!finding.advice().isEmpty()) {
                    json.writeStringField("advice", finding.advice());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }
}
