package io.spikelet.hal.sim;

/** Two loads on one supply. */
record TraceSum(PowerTrace first, PowerTrace second) implements PowerTrace {
    @Override
    public double watts(long nanos) {
        return first.watts(nanos) + second.watts(nanos);
    }

    @Override
    public double joulesUntil(long nanos) {
        return first.joulesUntil(nanos) + second.joulesUntil(nanos);
    }

    @Override
    public void restart() {
        first.restart();
        second.restart();
    }

    @Override
    public void edge(PinEdge edge) {
        first.edge(edge);
        second.edge(edge);
    }
}
