"""What the front ends of io.spikelet.feature should make of windows and words: equations F1 and F2 of docs/adaptation.md
in double precision, times 2^8 and rounded, which tests meet within a few LSB; F3 in exact integers.
"""

import math

import numpy as np

import golden

SEED = 23
CHANNELS, SAMPLES = 8, 50
RATE, FRAME, HOP, BANDS, SEGMENTS = 8000, 256, 80, 24, 10


def muscle(window):
    x = window.astype(np.float64)
    slope = np.diff(x, axis=0)
    changes = lambda v: ((v[1:] * v[:-1]) < 0).sum(0)  # noqa: E731
    log = lambda sums: np.log2(len(x) + sums)  # noqa: E731
    kinds = [log(np.abs(x).sum(0)), log(np.abs(slope).sum(0)), changes(x), changes(slope)]
    for step in (1, 2):
        other = np.roll(x, -step, axis=1)
        kinds += [log(np.abs(x - other).sum(0)), log(np.abs(x + other).sum(0))]
    return np.rint(256 * np.concatenate(kinds))


def bands():
    mel = lambda f: 2595 * np.log10(1 + f / 700)  # noqa: E731
    edges = 700 * (10 ** (np.linspace(mel(100), mel(3800), BANDS + 2) / 2595) - 1) / RATE * FRAME
    k = np.arange(FRAME // 2 + 1)
    weights = np.zeros((BANDS, len(k)))
    for b in range(BANDS):
        rise = (k - edges[b]) / (edges[b + 1] - edges[b])
        fall = (edges[b + 2] - k) / (edges[b + 2] - edges[b + 1])
        weights[b] = np.clip(np.minimum(rise, fall), 0, None)
        if weights[b].sum() < 1 / 512:
            weights[b, int(np.rint(edges[b + 1]))] = 1
    return weights


def speech(samples):
    x = np.concatenate([samples, np.zeros(max(0, FRAME - len(samples)))])
    starts = range(0, len(x) - FRAME + 1, HOP)
    frames = np.stack([x[s : s + FRAME] * np.hanning(FRAME) for s in starts])
    # Powers of samples that keep two bits more.
    log = np.log2(1 + 16 * np.abs(np.fft.rfft(frames, axis=1)) ** 2 @ bands().T)
    loudness = log.max(1)
    heard = np.flatnonzero(loudness >= loudness.max() - 8)
    log = log[heard[0] : heard[-1] + 1]
    n = len(log)
    parts = [log[s * n // SEGMENTS : max(s * n // SEGMENTS + 1, -(-(s + 1) * n // SEGMENTS))] for s in range(SEGMENTS)]
    features = np.stack([part.mean(0) for part in parts])
    return np.rint(256 * (features - features.mean()))


def word(random, count, silence, amplitude):
    t = np.arange(count) / RATE
    tone = np.sin(2 * np.pi * (300 * t + 900 * t**2)) + 0.5 * np.sin(2 * np.pi * 2100 * t)
    voice = amplitude * (tone + 0.3 * random.standard_normal(count))
    quiet = lambda: random.integers(-1, 2, silence)  # noqa: E731
    return np.clip(np.concatenate([quiet(), np.rint(voice), quiet()]), -32768, 32767).astype(int)


def scaled(features, one):
    count = len(features)
    on, off = [], []
    for f in range(features.shape[1]):
        column = [int(v) for v in features[:, f]]
        mean = (2 * sum(column) + count) // (2 * count)
        deviation = max(1, math.isqrt(sum((v - mean) ** 2 for v in column) // count))
        gain = (255 << 16) // (4 * deviation)
        distance = int(one[f]) - mean
        size = min(255, abs(distance) * gain >> 16)
        on.append(size if distance > 0 else 0)
        off.append(size if distance < 0 else 0)
    return on + off


def main():
    random = np.random.default_rng(SEED)
    made = []
    for name, top in (("weak", 3), ("usual", 400), ("full", 32768)):
        window = random.integers(-top, top, (SAMPLES, CHANNELS))
        window[:, 5] = 0
        made.append(golden.Case(f"muscle-{name}").put("window", window).put("features", muscle(window)))
    for count, silence, amplitude in ((200, 0, 4000), (2400, 800, 3000), (7000, 400, 12000)):
        samples = word(random, count, silence, amplitude)
        made.append(golden.Case(f"speech-{count}").put("samples", samples).put("features", speech(samples)))
    features = random.integers(-5000, 5000, (40, 6)) // np.array([1, 10, 100, 1000, 5000, 10000])
    features[:, 5] = 77
    one = np.array([4999, -400, 3, -5, 0, 78])
    case = golden.Case("scaling").put("count", len(features)).put("features", features).put("one", one)
    made.append(case.put("inputs", scaled(features, one)))
    golden.write("features", "features.py", SEED, made)


if __name__ == "__main__":
    main()
