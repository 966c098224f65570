package io.spikelet.engine;

import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;
import io.spikelet.model.VotePool;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Pools, window by window. */
final class PlainPools {
    private final Shape from;
    private final Shape to;

    PlainPools(Shape from, Shape to) {
        this.from = from;
        this.to = to;
    }

    /** @param history what the source gave at each step, the present one last */
    BigInteger[] pool(Pool2d pool, List<BigInteger[]> history) {
        BigInteger[] now = history.getLast();
        BigInteger[] out = PlainEngine.zeros(to.size());
        for (int o = 0; o < out.length; o++) {
            out[o] = switch (pool.kind()) {
                case SUM -> sum(window(pool, now, o));
                case AVERAGE -> {
                    // ⌊(2·sum + n) / 2n⌋, by shifting to a number that is not negative.
                    BigInteger n = BigInteger.valueOf(pool.windowSize());
                    BigInteger[] parts =
                            sum(window(pool, now, o)).shiftLeft(1).add(n).divideAndRemainder(n.shiftLeft(1));
                    yield parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
                }
                case MAX -> largest(window(pool, now, o));
                case MIN ->
                    window(pool, now, o).stream().min(Comparator.naturalOrder()).orElseThrow();
                case LOSS_FREE -> {
                    BigInteger before = history.size() == 1
                            ? BigInteger.ZERO
                            : largest(window(pool, totals(history.subList(0, history.size() - 1)), o));
                    yield largest(window(pool, totals(history), o)).subtract(before);
                }
            };
        }
        return out;
    }

    private List<BigInteger> window(Pool2d pool, BigInteger[] in, int output) {
        int c = output / to.area();
        int y = output % to.area() / to.width();
        int x = output % to.width();
        List<BigInteger> window = new ArrayList<>();
        for (int ky = 0; ky < pool.kernelHeight(); ky++) {
            for (int kx = 0; kx < pool.kernelWidth(); kx++) {
                int inY = y * pool.strideY() - pool.paddingY() + ky;
                int inX = x * pool.strideX() - pool.paddingX() + kx;
                if (inY >= 0 && inX >= 0 && inY < from.height() && inX < from.width()) {
                    window.add(in[(c * from.height() + inY) * from.width() + inX]);
                }
            }
        }
        return window;
    }

    private static BigInteger sum(List<BigInteger> values) {
        return values.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigInteger largest(List<BigInteger> values) {
        return values.stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    private static BigInteger[] totals(List<BigInteger[]> history) {
        BigInteger[] totals = PlainEngine.zeros(history.getFirst().length);
        for (BigInteger[] step : history) {
            for (int i = 0; i < totals.length; i++) {
                totals[i] = totals[i].add(step[i]);
            }
        }
        return totals;
    }

    static BigInteger[] vote(VotePool vote, BigInteger[] in) {
        BigInteger[] out = PlainEngine.zeros(in.length / vote.voters());
        for (int i = 0; i < in.length; i++) {
            out[i / vote.voters()] = out[i / vote.voters()].add(in[i]);
        }
        return out;
    }
}
