"""Joins of spikes, residual streams, delays and attention gates, from their definitions."""

from fractions import Fraction

import numpy as np

import golden

SEED = 14
SHAPE = (3, 2, 4)
SIZE = 24
STEPS = 12
ONE = 1 << 15


def begin(name, operation):
    return golden.Case(name).put("operation", operation).put("from", SHAPE).put("shape", SHAPE)


def join(random, kind, sources, high):
    x = random.integers(0, high, (sources, STEPS, SIZE))
    if kind == "ADD":
        out = x.sum(axis=0)
    elif kind == "AND":
        out = x.prod(axis=0)
    else:
        out = x[1] * (1 - x[0])
    case = begin(f"{kind}-{sources}-{high}", "join").put("kind", kind)
    for k in range(sources):
        case.put(f"source{k}", x[k])
    return case.put("out", out)


def current_add(random, shift, edges, tables):
    """Python's round() of a Fraction rounds a tie to the even neighbour."""
    rows = STEPS if tables else 1
    length = int(random.choice([1, SHAPE[0], SIZE]))
    gains = random.integers(-(1 << min(shift + 2, 20)), 1 << min(shift + 2, 20), (edges, rows, length))
    biases = random.integers(-(1 << min(shift + 4, 28)), 1 << min(shift + 4, 28), (edges, rows, length))
    if shift:  # ties on purpose
        gains[0], biases[0] = 1 << shift - 1, 0
    at_start = random.integers(0, 2, edges)
    x = random.integers(-3000, 3000, (edges, STEPS, SIZE))
    out = np.zeros((STEPS, SIZE), dtype=object)
    for t in range(STEPS):
        for n in range(SIZE):
            total = 0
            for k in range(edges):
                p = n // (SIZE // length)
                row = t if tables else 0
                total += int(gains[k, row, p]) * int(x[k, t, n])
                if t > 0 or at_start[k]:
                    total += int(biases[k, row, p])
            out[t, n] = round(Fraction(total, 1 << shift))
    case = begin(f"current-{shift}-{edges}{'-tables' * tables}", "current").put("shift", shift).put("rows", rows)
    for k in range(edges):
        case.put(f"gain{k}", gains[k]).put(f"bias{k}", biases[k]).put(f"source{k}", x[k])
    return case.put("biasAtStart", at_start).put("out", out)


def delay(random, length, longest):
    steps = random.integers(0, longest + 1, length)
    every = np.repeat(steps, SIZE // length)
    x = random.integers(-5, 6, (STEPS, SIZE))
    out = [[x[t - every[n], n] if t >= every[n] else 0 for n in range(SIZE)] for t in range(STEPS)]
    return begin(f"delay-{length}-{longest}", "delay").put("steps", steps).put("source0", x).put("out", out)


def sigma(total, step, shift):
    cell = min(127, max(-128, (int(total) * int(step) + (1 << shift - 1)) >> shift))
    return int(np.rint(ONE / (1 + np.exp(-cell / 16))))


def gate(random, hidden, high, spatial_step, channel_step, spatial_shift=16, channel_shift=16):
    channels, height, width = SHAPE
    spatial = random.integers(-127, 128, channels)
    bias = int(random.integers(-60, 60))
    squeeze = random.integers(-127, 128, (hidden, channels))
    excite = random.integers(-127, 128, (channels, hidden))
    x = random.integers(0, high, (STEPS, *SHAPE)) * random.integers(0, 2, (STEPS, *SHAPE))
    x[0] = 0
    out, operations = [], []
    for s in x:
        p = np.tensordot(spatial, s, 1) + bias
        count = s.sum(axis=(1, 2))
        h = np.maximum(0, squeeze @ count)
        q = excite @ h
        of_pixel = np.array([[sigma(v, spatial_step, spatial_shift) for v in row] for row in p])
        of_channel = np.array([sigma(v, channel_step, channel_shift) for v in q])
        out.append(golden.half_up(of_channel[:, None, None] * of_pixel[None], ONE))
        operations.append(np.count_nonzero(s) + np.count_nonzero(count) * hidden + np.count_nonzero(h) * channels)
    case = begin(f"gate-{hidden}-{high}-{spatial_step}-{spatial_shift}", "gate").put("hidden", hidden)
    case.put("spatialWeights", spatial).put("spatialBias", bias).put("spatialStep", spatial_step)
    case.put("squeeze", squeeze).put("excite", excite).put("channelStep", channel_step)
    case.put("spatialShift", spatial_shift).put("channelShift", channel_shift)
    return case.put("source0", x).put("out", out).put("operations", operations)


def cases(random):
    for sources, high in ((2, 2), (3, 2), (4, 7)):
        yield join(random, "ADD", sources, high)
    yield join(random, "AND", 2, 2)
    yield join(random, "AND", 3, 2)
    yield join(random, "AND_NOT", 2, 2)
    for shift in (0, 1, 12, 31):
        for edges in (1, 2):
            for tables in (False, True):
                yield current_add(random, shift, edges, tables)
    for length, longest in ((1, 0), (1, 3), (3, 5), (24, 11)):
        yield delay(random, length, longest)
    yield gate(random, 1, 2, 12000, 90)
    yield gate(random, 2, 2, 70000, 900)
    yield gate(random, 3, 4, 900, -200)
    yield gate(random, 4, 2, 1 << 30, 1 << 30, 36, 40)
    yield gate(random, 2, 2, 3, -1, 16, 62)


if __name__ == "__main__":
    golden.write("joins", "joins.py", SEED, list(cases(np.random.default_rng(SEED))))
