"""Time-to-first-spike networks (CAT, arXiv 2208.04494): the float network of phi_TTFS activations against times.

A neuron's activation a, 0..1, is rounded down to 2^(-t/4): phi(a) = 2^(-ceil(-4*log2(a)) / 4), 1 above 1, 0 below the
window. Weights are +-2^(-q/2) or 0. The float network runs in double; the file holds its argmax, its times and its last
activations' sums, and the integer thresholds 2^(-t/4) in units of 2^-12 times the layer's gain.
"""

import numpy as np

import golden

SEED = 18
WINDOW = 24
TAU = 4
F = 12
SAMPLES = 60


def kernel(times, window=WINDOW):
    return np.where(times < window, 2.0 ** (-times / TAU), 0.0)


def times_of(a):
    """The first t of the window with a >= 2^(-t/4)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.ceil(-TAU * np.log2(np.where(a > 0, a, 1e-30)) - 1e-12)
    return np.clip(t, 0, WINDOW).astype(int)


def weight_of(codes):
    magnitude = codes & 15
    return np.where(magnitude == 0, 0.0, np.where(codes & 16, -1, 1) * 2.0 ** (-(magnitude - 1) / 2))


def codes(random, shape):
    magnitude = random.integers(0, 11, shape)
    return magnitude + 16 * ((magnitude > 0) & (random.random(shape) < 0.4))


def conv3x3(x, w):
    """Stride 1, padding 1; x (in, height, width), w (out, in, 3, 3)."""
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    height, width = x.shape[1:]
    out = np.zeros((w.shape[0], height, width))
    for i in range(3):
        for j in range(3):
            out += np.tensordot(w[:, :, i, j], padded[:, i : i + height, j : j + width], 1)
    return out


def case(random, number):
    height, width, filters, hidden, classes = 6, 6, 3, 12, 5
    layers = [codes(random, (filters, 1, 3, 3)), codes(random, (hidden, filters * 9)), codes(random, (classes, hidden))]
    weights = [weight_of(c) for c in layers]
    bias = [random.integers(-200, 900, n) for n in (filters, hidden, classes)]  # units of 2^-12
    scale = [2, 3]  # the activation is the sum divided by this
    samples = random.integers(0, WINDOW + 1, (SAMPLES, height * width))
    first, second, sums = [], [], []
    for sample in samples:
        a = conv3x3(kernel(sample.reshape(1, height, width)), weights[0]) + bias[0][:, None, None] / 2**F
        t = times_of(a / scale[0])
        first.append(t)
        pooled = t.reshape(filters, height // 2, 2, width // 2, 2).min(axis=(2, 4)).ravel()
        t = times_of((weights[1] @ kernel(pooled) + bias[1] / 2**F) / scale[1])
        second.append(t)
        sums.append(weights[2] @ kernel(t) + bias[2] / 2**F)
    made = golden.Case(f"net-{number}").put("window", WINDOW).put("from", [1, height, width])
    made.put("filters", filters).put("hidden", hidden).put("classes", classes)
    for k in range(3):
        made.put(f"weights{k}", layers[k]).put(f"bias{k}", bias[k])
    for k in range(2):
        made.put(f"threshold{k}", np.ceil(scale[k] * 2.0 ** (F - np.arange(WINDOW) / TAU)))
    made.put("samples", samples).put("first", first).put("second", second)
    return made.put("argmax", np.argmax(sums, axis=1)).put("sums", np.rint(np.array(sums) * 2**F))


def main():
    random = np.random.default_rng(SEED)
    golden.write("first-spike", "first_spike.py", SEED, [case(random, n) for n in range(10)])


if __name__ == "__main__":
    main()
