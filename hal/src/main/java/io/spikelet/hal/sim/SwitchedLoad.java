package io.spikelet.hal.sim;

/** A load that a pin's edges switch; what it was told stays until the next run, so that its energy can be asked for later. */
final class SwitchedLoad implements PowerTrace {
    private final double height;
    private final int input;
    private final Switching switching;
    private final LoadSteps steps = new LoadSteps(new long[0], new double[0]);
    private boolean on;

    SwitchedLoad(double height, int input, Switching switching) {
        this.height = height;
        this.input = input;
        this.switching = switching;
    }

    @Override
    public void restart() {
        steps.clear();
        on = false;
    }

    @Override
    public void edge(PinEdge edge) {
        if (edge.input() != input) {
            return;
        }
        boolean next =
                switch (switching) {
                    case FALLING_EDGES -> on ^ !edge.rising();
                    case WHILE_LOW -> !edge.rising();
                    case WHILE_HIGH -> edge.rising();
                };
        if (next != on) {
            on = next;
            steps.add(edge.nanos(), on ? height : 0);
        }
    }

    @Override
    public double watts(long nanos) {
        return steps.watts(nanos);
    }

    @Override
    public double joulesUntil(long nanos) {
        return steps.joulesUntil(nanos);
    }
}
