package io.spikelet.device;

import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpRequest;
import java.util.Map;

/** Group 64. */
final class SpikeletGroup implements SmpGroup {
    private final Board board;

    SpikeletGroup(Board board) {
        this.board = board;
    }

    @Override
    public int id() {
        return 64;
    }

    @Override
    public Map<String, Object> handle(SmpRequest request) throws SmpException {
        throw SmpException.notSupported(request);
    }
}
