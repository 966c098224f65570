"""Thresholds that follow the running Hoyer extrema of their membranes (docs/equations.md, L17), in exact Python integers.

    python3 calibration.py

A network of the learning tests: an input of sixteenths, a convolution of 2 to 4 channels with one extremum each, dense layers
with one for all their neurons, leaks of a half, soft resets. The input's gain drifts from sample to sample. Nothing is shared with
the board's code: sums are Python integers of any size, the extremum is a Fraction that is rounded down once.
"""

from fractions import Fraction

import numpy as np

import golden

SEED = 17
ONE, FINE, INPUT_GAIN = 64 << 15, 1 << 15, 1 << 11
HALF = 1 << 14
STEPS, SAMPLES = 4, 12


class Neurons:
    def __init__(self, shape, groups, clip, extrema, floor):
        self.shape, self.groups, self.floor = shape, groups, floor
        self.v = round(clip * ONE)
        self.h0 = [round(Fraction(float(np.float32(h))) * (1 << 30)) for h in extrema]
        self.h = list(self.h0)
        self.theta = np.full(shape[0], ONE, dtype=object)
        self.cost = np.full(shape[0], HALF * ONE >> 15, dtype=object)
        self.begin()

    def begin(self):
        self.u = np.zeros(self.shape, dtype=object)
        self.s = np.zeros(self.shape, dtype=object)
        self.squares = [0] * self.groups
        self.sums = [0] * self.groups

    def step(self, x):
        for index in np.ndindex(*self.shape):
            u = int(self.u[index])
            u = (1 if u >= 0 else -1) * (abs(u) * HALF >> 15)
            self.u[index] = u - self.s[index] * self.cost[index[0]] + int(x[index])
            # A share of the clip in 2^15ths, from a reciprocal of 46 bits, half up.
            share = (min(max(self.u[index], 0), self.v) * round(Fraction(1 << 46, self.v)) + (1 << 30)) >> 31
            group = 0 if self.groups == 1 else index[0]
            self.squares[group] += share * share
            self.sums[group] += share
        self.s = np.array([int(self.u[i] >= self.theta[i[0]]) for i in np.ndindex(*self.shape)], dtype=object).reshape(self.shape)
        return self.s

    def end(self, share):
        for g in range(self.groups):
            if self.sums[g]:
                found = int(Fraction(self.squares[g] << 15, self.sums[g]))
                self.h[g] += (share * (found - self.h[g]) + (1 << 14)) >> 15
        for c in range(self.shape[0]):
            g = 0 if self.groups == 1 else c
            wanted = int(Fraction(ONE * self.h[g], self.h0[g]) + Fraction(1, 2))
            self.theta[c] = min(max(wanted, -int(-self.floor * ONE // 1)), 2 * ONE)
            scaled = (2 * (HALF * ONE >> 15) * self.theta[c] + ONE) // (2 * ONE)
            self.cost[c] = min(scaled, (HALF * self.theta[c] >> 15) + 1)


def convolved(x, w):
    out = np.zeros((w.shape[0], x.shape[1], x.shape[2]), dtype=object)
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    for o, y, z in np.ndindex(*out.shape):
        out[o, y, z] = int((w[o] * padded[:, y:y + 3, z:z + 3]).sum())
    return out


def case(random, number):
    conv = random.integers(-20, 60, (4, 2, 3, 3))
    hidden = random.integers(-25, 35, (8, 4 * 25))
    readout = random.integers(-40, 60, (6, 8))
    clip = [1.5, 2, 3][number % 3]
    floor = Fraction(1, 4)
    share = [32768 // 8, 32768 // 3, 32768][number % 3]
    extrema = [list(random.uniform(0.2 + number % 2 * 0.4, 0.8 + number % 2 * 0.2, n)) for n in (4, 1, 1)]
    layers = [Neurons((4, 5, 5), 4, clip, extrema[0], floor), Neurons((8,), 1, clip, extrema[1], floor),
              Neurons((6,), 1, clip, extrema[2], floor)]
    frames = []
    for sample in range(SAMPLES):
        gain = 0.3 + 0.7 * abs(np.sin(sample))
        frames.append(np.rint(random.integers(0, 17, (STEPS, 2, 5, 5)) * gain).astype(int))
        for layer in layers:
            layer.begin()
        for t in range(STEPS):
            s = layers[0].step(convolved(frames[-1][t], conv) * INPUT_GAIN)
            s = layers[1].step(hidden.astype(object) @ s.ravel() * FINE)
            layers[2].step(readout.astype(object) @ s * FINE)
        for layer in layers:
            layer.end(share)
    made = golden.Case(f"calibration {number}").put("clip", [clip * 2]).put("share", [share])
    made.put("extrema", [h for layer in layers for h in layer.h0]).put("frames", frames)
    made.put("conv", conv).put("hidden", hidden).put("readout", readout)
    made.put("running", [h for layer in layers for h in layer.h])
    made.put("thresholds", [t for layer in layers for t in layer.theta])
    return made.put("costs", [c for layer in layers for c in layer.cost])


def main():
    random = np.random.default_rng(SEED)
    golden.write("calibration", "calibration.py", SEED, [case(random, number) for number in range(9)])


if __name__ == "__main__":
    main()
