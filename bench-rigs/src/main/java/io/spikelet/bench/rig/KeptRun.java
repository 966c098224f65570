package io.spikelet.bench.rig;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spikelet.bench.energy.Interval;
import io.spikelet.host.report.Accuracy;
import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A run that was kept, as its {@code result.json} tells it. */
final class KeptRun {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final long MOST_BYTES = 16 << 20;
    private static final int MOST_VALUES = 1 << 18;

    private final Path folder;
    /** Numbers, truths and texts by their JSON pointer, such as {@code /energy/idle_watts}. */
    private final Map<String, Object> values;

    private KeptRun(Path folder, Map<String, Object> values) {
        this.folder = folder;
        this.values = values;
    }

    /**
     * Reads one.
     *
     * @param folder of the run
     * @throws MalformedDataException when its file is damaged, or of a format that this reader does not know
     */
    static KeptRun read(Path folder) throws IOException, MalformedDataException {
        Path file = folder.resolve(ResultsFolder.RESULT);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(
                    folder.toString(), null, "it holds no " + ResultsFolder.RESULT + "; give the folder of a run");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new MalformedDataException(MOST_BYTES, file + " is larger than any result, " + MOST_BYTES + " bytes");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(Files.readAllBytes(file))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String at = parser.getParsingContext().pathAsPointer().toString();
                switch (token) {
                    case VALUE_STRING -> values.put(at, parser.getText());
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.put(at, parser.getDoubleValue());
                    case VALUE_TRUE, VALUE_FALSE -> values.put(at, token == JsonToken.VALUE_TRUE);
                    default -> {
                        continue;
                    }
                }
                if (values.size() > MOST_VALUES) {
                    throw new MalformedDataException(
                            parser.currentLocation().getByteOffset(), file + " holds more values than any result");
                }
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException damaged) {
            throw new MalformedDataException(
                    damaged.getLocation() == null ? 0 : damaged.getLocation().getByteOffset(),
                    file + " is no JSON: " + damaged.getOriginalMessage());
        }
        KeptRun run = new KeptRun(folder, values);
        run.check(file);
        return run;
    }

    private void check(Path file) throws MalformedDataException {
        if (!(values.get("/format") instanceof Double format) || format != RunJson.FORMAT) {
            throw new MalformedDataException(
                    0, file + " is of format " + values.get("/format") + ", this reader knows " + RunJson.FORMAT);
        }
        try {
            Instant.parse(text("/manifest/started"));
        } catch (DateTimeException noTime) {
            throw new MalformedDataException(0, file + " does not say when the run began");
        }
    }

    Path folder() {
        return folder;
    }

    String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    Instant started() {
        return Instant.parse(text("/manifest/started"));
    }

    String device() {
        return text("/manifest/device");
    }

    /** Name and version of the image, or the model as the device told it. */
    String image() {
        return values.containsKey("/manifest/image/name")
                ? text("/manifest/image/name") + " " + text("/manifest/image/version")
                : text("/manifest/model");
    }

    /** A text; empty where there is none. */
    String text(String pointer) {
        return values.get(pointer) instanceof String text ? text : "";
    }

    OptionalDouble number(String pointer) {
        return values.get(pointer) instanceof Double number ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    boolean is(String pointer) {
        return Boolean.TRUE.equals(values.get(pointer));
    }

    /** The phase in which it broke off; empty when it is complete. */
    Optional<String> incomplete() {
        String phase = text("/incomplete/phase");
        return phase.isEmpty() ? Optional.empty() : Optional.of(phase);
    }

    /** µJ an inference; empty when not measured or refused. */
    Optional<Interval> microjoules() {
        String at = "/energy/microjoules_per_inference/";
        return values.containsKey(at + "value")
                ? Optional.of(new Interval(
                        number(at + "value").orElse(Double.NaN),
                        number(at + "low").orElse(Double.NaN),
                        number(at + "high").orElse(Double.NaN),
                        number(at + "level").orElse(Double.NaN)))
                : Optional.empty();
    }

    /** Of the performance phase; empty when not measured or refused. */
    OptionalDouble inferencesPerSecond() {
        return number("/performance/inferences_per_second");
    }

    Optional<Accuracy> accuracy() {
        OptionalDouble samples = number("/accuracy/samples");
        return samples.isPresent() && samples.getAsDouble() >= 1
                ? Optional.of(new Accuracy((int) number("/accuracy/correct").orElse(0), (int) samples.getAsDouble()))
                : Optional.empty();
    }
}
