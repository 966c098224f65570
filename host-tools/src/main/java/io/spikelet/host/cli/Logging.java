package io.spikelet.host.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/** What the libraries' logs may say on standard error: warnings, or everything worth knowing after {@code --trace}. */
final class Logging {

    private Logging() {}

    static void configure(boolean trace) {
        String name = trace ? "logging-trace.properties" : "logging.properties";
        try (InputStream properties = Logging.class.getResourceAsStream(name)) {
            LogManager.getLogManager().readConfiguration(properties);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the jar lacks a readable " + name, unreadable);
        }
    }
}
