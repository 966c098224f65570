"""The update rules that published systems use, as they are published: reset within the step, membrane kept after it.

Each is simulated in integers of one membrane LSB, its leak rounded toward zero as docs/equations.md lays down, with
parameters that Q1.15 and integers hold exactly; Spikelet must give the same spikes from its own form of the neuron (N1),
which keeps the membrane before its reset. Input bytes come from a xorshift generator that the test runs too. Rules and
parameters: BNTT (arXiv 2010.01729), S-ResNet (2111.05955), PrivateSNN (2104.03414), OTTT (2210.04195), STL (2206.06129),
MS-ResNet (2112.08954), SNN2ANN (2206.09449), Proxy (2109.13208), PLIF (SEW-ResNet 2102.04159), GLIF (2210.13768).
"""

import base64

import numpy as np

import golden

SEED = 15
CHANNELS, WIDTH, STEPS, SAMPLES = 8, 20, 50, 34
NEURONS = CHANNELS * WIDTH
ONE = 1 << 15


def channels(values):
    return np.repeat(np.broadcast_to(values, CHANNELS), WIDTH)


def table(random, low, high):
    """One row a step, one value a channel."""
    return random.integers(low, high, (STEPS, CHANNELS))


def soft(leak, theta, strict):
    """u = leak*u + x; spike; u -= theta*s."""

    def step(u, x):
        u = golden.trunc(leak * u, ONE) + x
        s = u > theta if strict else u >= theta
        return u - theta * s, s

    return step


def hard(leak, theta, strict):
    """u = leak*u + x; spike; u = 0 where it fired."""

    def step(u, x):
        u = golden.trunc(leak * u, ONE) + x
        s = u > theta if strict else u >= theta
        return np.where(s, 0, u), s

    return step


def plif(k, theta):
    """u = u + k*(x - u), k in 1/256 of one, x in units of 256; hard reset to 0."""

    def step(u, x):
        u = golden.trunc((256 - k) * u, 256) + k * x
        s = u >= theta
        return np.where(s, 0, u), s

    return step


def glif(a, linear_leak, gamma, soft_reset, theta):
    """u = A*u*(1 - gamma*s) - (1-alpha)*leak + G*x - (1-gamma)*Vre*s with the spike of the step before."""

    def step(state, x):
        u, s = state
        factor = np.where(s, a * (64 - gamma), a * 64)  # A in 1/512, gamma in 1/64
        u = golden.trunc(factor * u, 64 * 512) - linear_leak + x - soft_reset * s
        s = u > theta
        return (u, s), s

    return step


def simulate(step, state, gain, bias, bytes_):
    """gain and bias (steps, channels) or one row; every sample starts anew."""
    out = []
    for sample in bytes_.reshape(SAMPLES, STEPS, NEURONS):
        now = state
        for t in range(STEPS):
            row = t if len(gain) > 1 else 0
            x = np.repeat(gain[row], WIDTH) * sample[t] + np.repeat(bias[row], WIDTH)
            now, s = step(now, x)
            out.append(s)
    return np.array(out)


def cases(random):
    zero = np.zeros(NEURONS, dtype=np.int64)
    flat = lambda gain, bias: (np.full((1, CHANNELS), gain), np.full((1, CHANNELS), bias))  # noqa: E731
    theta = random.integers(800, 2000, NEURONS)
    even = 2 * random.integers(500, 1500, NEURONS)
    k = random.integers(40, 200, CHANNELS)
    alpha, tau = random.integers(0, 17, CHANNELS), random.integers(0, 33, CHANNELS)  # 1/16 and 1/32
    a = 512 - alpha * (32 - tau)  # A = 1 - alpha*(1 - tau)
    gamma = random.integers(0, 65, CHANNELS)
    leak = (16 - alpha) * 3
    reset = (64 - gamma) * 16
    yield "bntt", soft(31130, 16384, True), zero, (table(random, 40, 160), table(random, -3000, 500)), {
        "leak": 31130,
        "theta": 16384,
    }
    yield "s-resnet", soft(28639, 32768, True), zero, (table(random, 100, 250), table(random, -4000, 4000)), {
        "leak": 28639,
        "theta": 32768,
    }
    yield "private", soft(ONE, theta, True), zero, flat(11, -900), {"leak": ONE, "theta": theta}
    yield "ottt", soft(ONE // 2, even, False), zero, flat(19, -1000), {"leak": ONE // 2, "theta": even}
    yield "stl", hard(ONE // 2, theta, False), zero, flat(22, -900), {"leak": ONE // 2, "theta": theta}
    yield "ms-resnet", hard(ONE // 4, np.full(NEURONS, 500), True), zero, flat(11, -700), {"leak": ONE // 4, "theta": 500}
    yield "if-strict", hard(ONE, theta, True), zero, flat(13, -700), {"leak": ONE, "theta": theta}
    yield "if-reaching", hard(ONE, np.full(NEURONS, 512), False), zero, flat(8, -512), {"leak": ONE, "theta": 512}
    yield "plif", plif(channels(k), 20000), zero, flat(3, -150), {"k": k, "theta": 20000}
    yield "glif", glif(channels(a), channels(leak), channels(gamma), channels(reset), 700), (zero, zero), (
        table(random, 4, 33),
        table(random, -1500, 100),
    ), {"a": a, "linearLeak": leak, "gamma": gamma, "softReset": reset, "theta": 700}


def main():
    made = []
    bytes_ = golden.Xorshift(SEED).many(SAMPLES * STEPS * NEURONS, 8)
    for name, step, state, (gain, bias), parameters in cases(np.random.default_rng(SEED)):
        spikes = simulate(step, state, gain, bias, bytes_)
        print(name, int(spikes.sum()), "spikes of", spikes.size)
        assert spikes.sum() >= 100_000, name
        case = golden.Case(name).put("seed", SEED).put("extent", [CHANNELS, WIDTH, STEPS, SAMPLES])
        case.put("gain", gain).put("bias", bias)
        for key, value in parameters.items():
            case.put(key, value)
        case.put("count", spikes.sum())
        made.append(case.put("spikes", base64.b64encode(np.packbits(spikes.ravel()).tobytes()).decode()))
    golden.write("rules", "rules.py", SEED, made)


if __name__ == "__main__":
    main()
