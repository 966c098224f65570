"""What each encoder makes of two samples, one after the other: seeded ones start again."""

import numpy as np

import golden

SEED = 16
SIZE, STEPS = 30, 12


def encode(name, draw, sample, generator):
    return [draw(sample[t] if sample.ndim > 1 else sample, t, generator) for t in range(STEPS)]


def cases(random):
    seeds = (1, 0x5EED5EED5EED5EED)
    for seed in seeds:
        for full_scale in (16, 255, 200):
            draw = lambda v, t, g, f=full_scale: (v << 16 > f * g.many(SIZE, 16)).astype(int)  # noqa: E731
            yield f"bernoulli-{full_scale}", draw, seed, {"encoder": "bernoulli", "fullScale": full_scale}
        for zero, gain in ((128, 512), (0, 257), (40, 65536)):
            draw = lambda v, t, g, z=zero, k=gain: np.sign(v - z) * (np.abs(v - z) * k > g.many(SIZE, 16))  # noqa: E731
            yield f"poisson-{zero}-{gain}", draw, seed, {"encoder": "signed-poisson", "zero": zero, "gain": gain}
    linear = np.minimum(STEPS, (255 - np.arange(256)) * (STEPS + 2) // 256)
    yield "latency", lambda v, t, g: (linear[v] == t).astype(int), 1, {"encoder": "latency", "table": linear}
    times = np.array([24] + [min(24, int(np.ceil(-4 * np.log2(v / 255)))) for v in range(1, 256)])
    yield "times", lambda v, t, g: times[v], 1, {"encoder": "spike-times", "window": 24, "table": times}
    yield "direct", lambda v, t, g: v, 1, {"encoder": "direct"}


def main():
    random = np.random.default_rng(SEED)
    made = []
    for name, draw, seed, parameters in cases(random):
        samples = random.integers(0, 256, (2, SIZE))
        samples[:, :4] = [0, 255, 128, 1]
        case = golden.Case(f"{name}-{seed:x}").put("seed", f"{seed}").put("samples", samples).put("steps", STEPS)
        for key, value in parameters.items():
            case.put(key, value)
        made.append(case.put("out", [encode(name, draw, s, golden.Xorshift(seed)) for s in samples]))
    frames = random.integers(0, 256, (2, STEPS, SIZE))
    case = golden.Case("frames").put("seed", "1").put("samples", frames).put("steps", STEPS).put("encoder", "frames")
    made.append(case.put("out", frames))
    golden.write("encoders", "encoders.py", SEED, made)


if __name__ == "__main__":
    main()
