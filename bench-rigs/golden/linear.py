"""Dense and convolution layers with every kind of weight and of source (docs/equations.md, W1 to W3 and N4)."""

import numpy as np

import golden

SEED = 11
KINDS = ["INT8", "INT4", "TERNARY", "BINARY", "LOG2"]
SOURCES = ["bit", "ternary", "unsigned", "signed"]
LUT = [32768, 27554, 23170, 19484]
F = 12


def log_product(code, time):
    """s * 2^(-(t + 2q) / 4) in units of 2^-12, by lookup and shift."""
    magnitude = code & 15
    if magnitude == 0:
        return 0
    e = time + 2 * (magnitude - 1)
    shift = e // 4 + 15 - F
    value = 0 if shift > 31 else (LUT[e % 4] + (1 << shift - 1)) >> shift
    return -value if code & 16 else value


def weights(random, kind, count):
    if kind == "INT8":
        return random.integers(-127, 128, count)
    if kind == "INT4":
        return random.integers(-7, 8, count)
    if kind == "TERNARY":
        return random.integers(-1, 2, count)
    if kind == "BINARY":
        return random.choice([-1, 1], count)
    return np.array([c for c in random.integers(0, 32, count * 2) if c != 16][:count])


def source(random, kind, steps, size):
    if kind == "bit":
        return random.integers(0, 2, (steps, size))
    if kind == "ternary":
        return random.integers(-1, 2, (steps, size))
    if kind == "unsigned":
        return random.integers(0, 6, (steps, size))
    return random.integers(-900, 901, (steps, size)) * random.integers(0, 2, (steps, size))


def contribution(kind, code, x, window):
    """What one weight adds for one input, and whether the input counts as an event."""
    if window:
        return (log_product(code, x), True) if x < window else (0, False)
    return x * (log_product(code, 0) if kind == "LOG2" else int(code)), x != 0


def dense(kind, w, x, window=0):
    outputs, inputs = w.shape
    out = [sum(contribution(kind, int(w[o, i]), int(x[i]), window)[0] for i in range(inputs)) for o in range(outputs)]
    events = sum(contribution(kind, 1, int(v), window)[1] for v in x)
    return out, events * outputs


def conv(kind, w, x, stride, padding, dilation, groups, window=0):
    """torch's definition; w (out, in/groups, kh, kw), x (in, height, width)."""
    outs, depth, kh, kw = w.shape
    _, height, width = x.shape
    oh = (height + 2 * padding[0] - dilation[0] * (kh - 1) - 1) // stride[0] + 1
    ow = (width + 2 * padding[1] - dilation[1] * (kw - 1) - 1) // stride[1] + 1
    out = np.zeros((outs, oh, ow), dtype=object)
    operations = 0
    for o in range(outs):
        for y in range(oh):
            for z in range(ow):
                for d in range(depth):
                    for i in range(kh):
                        for j in range(kw):
                            yy = y * stride[0] - padding[0] + i * dilation[0]
                            xx = z * stride[1] - padding[1] + j * dilation[1]
                            if 0 <= yy < height and 0 <= xx < width:
                                c = o // (outs // groups) * depth + d
                                value, event = contribution(kind, int(w[o, d, i, j]), int(x[c, yy, xx]), window)
                                out[o, y, z] += value
                                operations += event
    return out, operations


def dense_case(random, kind, from_kind, inputs, outputs, steps=3, window=0):
    w = weights(random, kind, inputs * outputs).reshape(outputs, inputs)
    x = random.integers(0, window + 1, (steps, inputs)) if window else source(random, from_kind, steps, inputs)
    results = [dense(kind, w, row, window) for row in x]
    case = golden.Case(f"dense-{kind}-{'time' if window else from_kind}-{inputs}x{outputs}")
    case.put("operation", "dense").put("kind", kind).put("from", [inputs, 1, 1]).put("window", window)
    case.put("shape", [outputs, 1, 1]).put("weights", w).put("source0", x)
    return case.put("out", [r[0] for r in results]).put("operations", [r[1] for r in results])


def conv_case(random, name, kind, from_kind, shape, outs, kernel, stride, padding, dilation, groups, window=0):
    depth = shape[0] // groups
    w = weights(random, kind, outs * depth * kernel[0] * kernel[1]).reshape(outs, depth, *kernel)
    size = shape[0] * shape[1] * shape[2]
    x = random.integers(0, window + 1, (2, size)) if window else source(random, from_kind, 2, size)
    results = [conv(kind, w, row.reshape(shape), stride, padding, dilation, groups, window) for row in x]
    case = golden.Case(f"conv-{name}-{kind}-{'time' if window else from_kind}")
    case.put("operation", "conv").put("kind", kind).put("from", shape).put("window", window)
    case.put("shape", results[0][0].shape)
    case.put("kernel", kernel).put("stride", stride).put("padding", padding).put("dilation", dilation)
    case.put("groups", groups).put("weights", w).put("source0", x)
    return case.put("out", [r[0] for r in results]).put("operations", [r[1] for r in results])


def cases(random):
    for kind in KINDS:
        for k, from_kind in enumerate(SOURCES):
            yield dense_case(random, kind, from_kind, [1, 13, 64, 7][k], [3, 5, 1, 17][k])
            yield conv_case(random, "plain", kind, from_kind, (2, 5, 6), 3, (3, 2), (1, 1), (1, 0), (1, 1), 1)
            yield conv_case(random, "grouped", kind, from_kind, (4, 6, 5), 6, (2, 3), (2, 1), (1, 2), (2, 1), 2)
        yield conv_case(random, "depthwise", kind, "bit", (5, 4, 4), 5, (3, 3), (1, 2), (1, 1), (1, 1), 5)
        yield conv_case(random, "one-row", kind, "bit", (3, 1, 17), 4, (1, 5), (1, 2), (0, 2), (1, 3), 1)
    for window in (1, 24, 255):
        yield dense_case(random, "LOG2", "time", 21, 9, window=window)
        yield conv_case(random, f"window{window}", "LOG2", "time", (2, 5, 5), 4, (3, 3), (2, 1), (1, 1), (1, 1), 2, window)


if __name__ == "__main__":
    golden.write("linear", "linear.py", SEED, list(cases(np.random.default_rng(SEED))))
