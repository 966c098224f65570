package io.spikelet.model;

/** The rules of pools. */
final class PoolCheck {
    private PoolCheck() {}

    static void form(CheckedLayer checked, Pool2d pool) throws MalformedDataException {
        Shape source = checked.onlySource().shape();
        checked.require(
                (long) pool.kernelHeight() * pool.kernelWidth() <= Shape.MAX_SIZE,
                "its window holds more than " + Shape.MAX_SIZE + " values");
        checked.hasShape(
                source.channels(),
                NetworkCheck.extent(source.height(), pool.kernelHeight(), pool.strideY(), pool.paddingY(), 1),
                NetworkCheck.extent(source.width(), pool.kernelWidth(), pool.strideX(), pool.paddingX(), 1));
    }

    static void form(CheckedLayer checked, VotePool pool) throws MalformedDataException {
        Shape source = checked.onlySource().shape();
        checked.require(
                source.size() % pool.voters() == 0,
                "its " + pool.voters() + " voters do not divide the " + source.size() + " values of its source");
        checked.hasShape(Shape.vector(source.size() / pool.voters()));
    }

    static void bounds(CheckedLayer checked, Pool2d pool) throws MalformedDataException {
        if (checked.source(0).output().kind() == EdgeDomain.Kind.TIME) {
            checked.require(
                    pool.kind() == Pool2d.Kind.MIN,
                    "is a pool of kind " + pool.kind() + " over spike times; only MIN, the earliest, may be");
            checked.require(
                    checked.layer().output().equals(checked.source(0).output()),
                    "its output must be declared as the spike times that it reads");
            return;
        }
        int source = checked.layer().inputs().getFirst().source();
        Range read = checked.ranges().from(source);
        if (pool.kind() == Pool2d.Kind.LOSS_FREE) {
            checked.readsNoCurrents(0);
            checked.require(
                    PoolBounds.countMaximum(read, checked.network().timeSteps()) <= Integer.MAX_VALUE,
                    "its counts can overflow 32 bits within "
                            + checked.network().timeSteps() + " time steps");
        }
        if (pool.kind() == Pool2d.Kind.MAX || pool.kind() == Pool2d.Kind.MIN) {
            checked.readsNoNegativeSpikes(
                    0, "a pool of kind " + pool.kind() + " looks at single steps, so take one of kind LOSS_FREE");
        }
        if (pool.kind() == Pool2d.Kind.AVERAGE) {
            checked.require(
                    PoolBounds.windowSum(pool, read).magnitude() <= Integer.MAX_VALUE,
                    "the sum of its window can overflow 32 bits");
        }
        checked.givesIntegers();
        checked.holds("its accumulator", PoolBounds.output(pool, read));
    }

    static void bounds(CheckedLayer checked) throws MalformedDataException {
        checked.readsNoCurrents(0);
        checked.readsNoTimes(0);
        checked.givesIntegers();
        checked.holds("its votes", OutputBounds.of(checked.ranges(), checked.index()));
    }
}
