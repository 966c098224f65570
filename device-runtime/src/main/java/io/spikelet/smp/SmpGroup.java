package io.spikelet.smp;

import java.io.IOException;
import java.util.Map;

/** One management group of a board: image, os, or one of our own. */
public interface SmpGroup {

    /** 0..65535, unique within a server. */
    int id();

    /**
     * Carries out one request.
     *
     * @return the answer's map as {@link Cbor#encode} takes it; it holds the documented keys and no other, since
     *     clients fail on keys they do not know, and no {@code rc}
     * @throws SmpException when the request is refused; {@link SmpException#notSupported} for an unknown command
     * @throws IOException when the board's store or a device failed: logged, counted, answered as "unknown error"
     */
    Map<String, Object> handle(SmpRequest request) throws SmpException, IOException;
}
