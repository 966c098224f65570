package io.spikelet.host.cli;

/**
 * A verb of {@code spikelet}, found by {@link java.util.ServiceLoader} so that a module above this one can add its own.
 *
 * <p>A provider is named in {@code META-INF/services/io.spikelet.host.cli.Verb}, since the host runs on the class path,
 * and in its {@code module-info}.
 */
public interface Verb {

    /** A fresh picocli command: an object of a class annotated with {@link picocli.CommandLine.Command}. */
    Object command();
}
