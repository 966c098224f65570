"""The neuron equation N1 with every output, comparison, table and gate, on random parameters; and N6, spikes taken back."""

from fractions import Fraction

import numpy as np

import golden

SEED = 12
SHAPE = (3, 2, 4)
SIZE = 24
STEPS = 25
ONE = 1 << 15


def spread(rows, values):
    """(rows, parameter) to (rows, neurons): one value, one a channel, or one a neuron."""
    table = np.asarray(values).reshape(rows, -1)
    return np.repeat(table, SIZE // table.shape[1], axis=1)


def parameter(random, low, high, rows=1):
    return random.integers(low, high, rows * int(random.choice([1, SHAPE[0], SIZE])))


def fires(membrane, threshold, strict):
    return membrane > threshold if strict else membrane >= threshold


def spikes(membrane, threshold, strict, burst):
    """The largest n of 0..burst with membrane > n * threshold (or >=), by trying each; 0 where none."""
    count = np.zeros(SIZE, dtype=np.int64)
    for n in range(burst + 1):
        count[fires(membrane, n * threshold, strict)] = n
    return count


class Calibration:
    """N6 as the paper's node has it: each neuron's mean interval is updated at its spikes, here as an exact fraction."""

    def __init__(self, allowance, published):
        self.allowance = allowance
        self.published = published
        self.last = [0] * SIZE
        self.mean = [Fraction(0)] * SIZE
        self.firings = [0] * SIZE
        self.count = [0] * SIZE

    def step(self, t, spikes):
        out = []
        for i, n in enumerate(int(v) for v in spikes):
            if n > 0:
                self.firings[i] += 1
                interval = t - self.last[i]
                self.mean[i] = (interval + self.mean[i] * (self.firings[i] - 1)) / self.firings[i]
                self.last[i] = t
            if t - self.last[i] > self.mean[i] + self.allowance:
                n -= 1
            held_back = self.count[i] + n <= -1
            if self.published or not held_back:
                self.count[i] += n
            out.append(0 if held_back else n)
        return np.array(out)


def case(
    random, name, output, burst=1, gated=False, synapse=False, tables=False, floor=False, allowance=0, published=False
):
    rows = STEPS if tables else 1
    strict = bool(random.integers(0, 2))
    soft = bool(random.integers(0, 2))
    drives = int(random.integers(1, 4))
    p = {
        "synapticLeak": parameter(random, 0, ONE + 1) if synapse else np.zeros(0, dtype=np.int64),
        "a0": parameter(random, 0, ONE + 1),
        "b0": parameter(random, -40, 41),
        "a1": parameter(random, 0, ONE + 1) if soft else np.zeros(1, dtype=np.int64),
        "b1": parameter(random, -1500, 20),
        "threshold": parameter(random, 300, 2000, rows),
    }
    p["floor"] = parameter(random, -900, 1) if floor else np.zeros(0, dtype=np.int64)
    gains = [parameter(random, -9, 40, rows) for _ in range(drives)]
    biases = [parameter(random, -100, 100, rows) for _ in range(drives)]
    at_start = [bool(random.integers(0, 2)) for _ in range(drives)]
    sources = [random.integers(-50, 100, (STEPS, SIZE)) for _ in range(drives)]
    gates = random.integers(0, ONE + 1, (STEPS, SIZE))
    if allowance:
        # Silence, early or late, so that there is something to take back, and spikes after it.
        begin, end = random.integers(0, STEPS, SIZE), random.integers(0, STEPS, SIZE)
        quiet = [(begin <= t) & (t < end) for t in range(STEPS)]
        sources = [np.where(quiet, -np.abs(source), source) for source in sources]
        calibration = Calibration(allowance, published)
    every = {key: spread(rows if key == "threshold" else 1, value) for key, value in p.items() if value.size}
    membrane = np.zeros(SIZE, dtype=np.int64)
    current = np.zeros(SIZE, dtype=np.int64)
    n = np.zeros(SIZE, dtype=np.int64)
    out, membranes = [], []
    for t in range(STEPS):
        row = t if tables else 0
        x = np.zeros(SIZE, dtype=np.int64)
        for k in range(drives):
            x += spread(rows, gains[k])[row] * sources[k][t]
            if t > 0 or at_start[k]:
                x += spread(rows, biases[k])[row]
        if synapse:
            current = golden.trunc(every["synapticLeak"][0] * current, ONE) + x
            x = current
        if gated and t > 0:
            membrane = golden.half_up(gates[t] * membrane, ONE)
        rest = golden.trunc(every["a0"][0] * membrane, ONE) + every["b0"][0]
        reset = golden.trunc(every["a1"][0] * membrane, ONE) + n * every["b1"][0]
        membrane = (rest if output == "POTENTIAL" else np.where(n != 0, reset, rest)) + x
        if floor:
            membrane = np.maximum(membrane, every["floor"][0])
        threshold = every["threshold"][row]
        if output == "SPIKE":
            n = fires(membrane, threshold, strict).astype(np.int64)
        elif output == "BURST":
            n = spikes(membrane, threshold, strict, burst)
        else:
            n = membrane
        out.append(calibration.step(t, n) if allowance else n)
        membranes.append(membrane)
    made = golden.Case(name).put("operation", "neuron").put("output", output).put("burst", burst)
    made.put("gated", gated).put("strict", strict).put("rows", rows).put("from", SHAPE).put("shape", SHAPE)
    for key, value in p.items():
        made.put(key, value)
    if allowance:
        made.put("allowance", allowance).put("rule", "PUBLISHED" if published else "GIVEN")
    for k in range(drives):
        made.put(f"gain{k}", gains[k]).put(f"bias{k}", biases[k]).put(f"source{k}", sources[k])
    made.put("biasAtStart", at_start)
    if gated:
        made.put(f"source{drives}", gates)
    return made.put("out", out).put("membrane", membranes)


def cases(random):
    yield from unlimited(random)
    for output, burst in (("SPIKE", 1), ("BURST", 3), ("POTENTIAL", 1)):
        for synapse in (False, True):
            yield case(random, f"{output}-{burst}{'-synapse' * synapse}-floor", output, burst, synapse=synapse, floor=True)
    for burst in (1, 5):
        for allowance in (1, 2, 5):
            for published in (False, True):
                name = f"BURST-{burst}-allowance-{allowance}{'-published' * published}"
                yield case(random, name, "BURST", burst, allowance=allowance, published=published)


def unlimited(random):
    for output, burst in (("SPIKE", 1), ("BURST", 1), ("BURST", 5), ("POTENTIAL", 1)):
        for gated in (False, True):
            for synapse in (False, True):
                for tables in (False, True):
                    name = f"{output}-{burst}{'-gated' * gated}{'-synapse' * synapse}{'-tables' * tables}"
                    yield case(random, name, output, burst, gated, synapse, tables)


if __name__ == "__main__":
    golden.write("neurons", "neurons.py", SEED, list(cases(np.random.default_rng(SEED))))
