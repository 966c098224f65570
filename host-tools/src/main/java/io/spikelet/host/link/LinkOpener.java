package io.spikelet.host.link;

import java.io.IOException;

/** Opens a link, and opens it anew after it broke. */
@FunctionalInterface
public interface LinkOpener<L> {
    L open() throws IOException;
}
