package io.spikelet.bench.outage;

import io.spikelet.model.MalformedDataException;
import io.spikelet.telemetry.TelemetryMessage;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads payloads with Eclipse Tahu, the Sparkplug reference implementation, in a class loader of its own. */
final class TahuDecoder implements ListeningHost.Decoder {
    private final Function<byte[], Map<String, Object>> reader;

    TahuDecoder() throws Exception {
        List<URL> jars = new ArrayList<>();
        List<Path> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry));
        }
        // The class path of a fork may hide in the manifest of its one jar; where a class lies is known anyway.
        classPath.add(Path.of(TahuReader.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
        for (Path entry : classPath) {
            String name = entry.getFileName() == null ? "" : entry.getFileName().toString();
            if (Files.isDirectory(entry)
                            && entry.resolve("io/spikelet/bench/outage/TahuReader.class")
                                    .toFile()
                                    .exists()
                    || name.matches("(tahu-core|protobuf-java|jackson-.*|slf4j-.*|commons-.*)-\\d.*\\.jar")) {
                jars.add(entry.toUri().toURL());
            }
        }
        @SuppressWarnings("resource") // as long as the tests run
        ClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        @SuppressWarnings("unchecked")
        Function<byte[], Map<String, Object>> made = (Function<byte[], Map<String, Object>>)
                loader.loadClass(TahuReader.class.getName()).getConstructor().newInstance();
        reader = made;
    }

    /** Everything that Tahu tells of a payload. */
    Map<String, Object> read(byte[] payload) {
        return reader.apply(payload);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> metrics(Map<String, Object> message) {
        return (List<Map<String, Object>>) message.get("metrics");
    }

    @Override
    public TelemetryMessage decode(byte[] payload) throws MalformedDataException {
        Map<String, Object> message = read(payload);
        List<TelemetryMessage.Entry> entries = new ArrayList<>();
        for (Map<String, Object> metric : metrics(message)) {
            entries.add(new TelemetryMessage.Entry(
                    Optional.ofNullable((String) metric.get("name")).orElse(""),
                    Optional.ofNullable((Long) metric.get("alias")).orElse(0L),
                    value(metric.get("value")),
                    "",
                    Optional.ofNullable((Long) metric.get("timestamp")).orElse(0L),
                    Boolean.TRUE.equals(metric.get("historical")),
                    false));
        }
        return new TelemetryMessage(
                Optional.ofNullable((Long) message.get("seq")).orElse(-1L), entries);
    }

    /** Tahu has whole numbers in several types. */
    private static Object value(Object value) {
        return value instanceof Number number && !(value instanceof Double) ? (Object) number.longValue() : value;
    }
}
