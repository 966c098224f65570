package io.spikelet.host.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: our version, as the jar names it, and the Java that runs it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String ours = Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(unpackaged)");
        return new String[] {"spikelet " + ours + ", Java " + Runtime.version()};
    }
}
