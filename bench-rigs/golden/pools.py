"""Pools over windows, on bits, small integers, currents and spike times; votes. By slicing each window out."""

import numpy as np

import golden

SEED = 13
WINDOWS = [  # kernel, stride, padding
    ((2, 2), (2, 2), (0, 0)),
    ((3, 3), (2, 2), (1, 1)),
    ((3, 2), (1, 2), (2, 0)),
    ((5, 7), (1, 1), (0, 0)),  # the whole extent
]
SHAPE = (2, 5, 7)
DOMAINS = {"bit": (0, 2), "unsigned": (0, 9), "signed": (-500, 501), "time": (0, 25)}


def windows(x, kernel, stride, padding):
    """The values of each window that lie within, output by output."""
    _, height, width = x.shape
    rows = (height + 2 * padding[0] - kernel[0]) // stride[0] + 1
    columns = (width + 2 * padding[1] - kernel[1]) // stride[1] + 1
    for plane in x:
        for y in range(rows):
            for z in range(columns):
                top, left = y * stride[0] - padding[0], z * stride[1] - padding[1]
                yield plane[max(top, 0) : top + kernel[0], max(left, 0) : left + kernel[1]].ravel()


def pooled(kind, steps, kernel, stride, padding):
    out = []
    total = np.zeros(SHAPE, dtype=np.int64)
    before = None
    for x in steps:
        total = total + x
        if kind == "SUM":
            now = [w.sum() for w in windows(x, kernel, stride, padding)]
        elif kind == "AVERAGE":
            n = kernel[0] * kernel[1]
            now = [(2 * w.sum() + n) // (2 * n) for w in windows(x, kernel, stride, padding)]
        elif kind == "MAX":
            now = [w.max() for w in windows(x, kernel, stride, padding)]
        elif kind == "MIN":
            now = [w.min() for w in windows(x, kernel, stride, padding)]
        else:
            largest = np.array([w.max() for w in windows(total, kernel, stride, padding)])
            now = largest - (0 if before is None else before)
            before = largest
        out.append(now)
    return out


def cases(random):
    for kind in ("SUM", "AVERAGE", "MAX", "MIN", "LOSS_FREE"):
        for domain, (low, high) in DOMAINS.items():
            if domain == "time" and kind not in ("MAX", "MIN"):
                continue
            for i, (kernel, stride, padding) in enumerate(WINDOWS):
                steps = random.integers(low, high, (4, *SHAPE))
                rows = (SHAPE[1] + 2 * padding[0] - kernel[0]) // stride[0] + 1
                columns = (SHAPE[2] + 2 * padding[1] - kernel[1]) // stride[1] + 1
                case = golden.Case(f"{kind}-{domain}-{i}").put("operation", "pool").put("kind", kind)
                case.put("from", SHAPE).put("shape", [SHAPE[0], rows, columns])
                case.put("window", 24 if domain == "time" else 0)
                case.put("kernel", kernel).put("stride", stride).put("padding", padding)
                yield case.put("source0", steps).put("out", pooled(kind, steps, kernel, stride, padding))
    for voters in (1, 5):
        steps = random.integers(-3, 4, (3, 4 * voters))
        case = golden.Case(f"vote-{voters}").put("operation", "vote").put("voters", voters)
        case.put("from", [4 * voters, 1, 1]).put("shape", [4, 1, 1])
        yield case.put("source0", steps).put("out", steps.reshape(3, 4, voters).sum(axis=2))


if __name__ == "__main__":
    golden.write("pools", "pools.py", SEED, list(cases(np.random.default_rng(SEED))))
