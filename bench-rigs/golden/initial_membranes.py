"""Makes host-tools/src/test/golden/layers/start.json, .safetensors and start-spikes.json: a layer file whose membranes do not
begin at 0, and its spikes.

    python3 initial_membranes.py        # torch 2.13

Computed here in float64 with membranes that really begin where the file says, not with a larger first step as the board does
it. First a leaky neuron of soft reset, one beginning a neuron; then an integrator of hard reset that begins at its noise's mean
and has an offset of its own at every step. Inputs are whole numbers of 0 to 16 where 16 means 1.0, a frame a step. Weights
lie on the grid of an int8 row; no membrane comes so close to its threshold that a rounding could decide.
"""

import json
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "zoo"))
from layer_file import per_step, save  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "host-tools/src/test/golden/layers"
FULL_SCALE, STEPS, SAMPLES, MARGIN = 16, 5, 3, 2e-3


def weights(generator, rows, columns):
    drawn = torch.randint(-127, 128, (rows, columns), generator=generator)
    drawn[:, 0] = 127
    return drawn.double() / 64


def single(tensor):
    return tensor.float().double()


def network(seed):
    generator = torch.Generator().manual_seed(seed)
    first, second = weights(generator, 16, 9), weights(generator, 6, 16)
    begins = single(torch.rand(16, generator=generator) * 3 - 1)
    offset = single(torch.rand(STEPS, 6, generator=generator) - 0.5)
    layers = [
        {"name": "first", "kind": "affine", "weight": first},
        {"name": "soft", "kind": "neuron", "a0": 0.75, "a1": 0.75, "b1": -0.75, "threshold": 1.0, "initial": begins},
        {"name": "second", "kind": "affine", "weight": second},
        {"name": "hard", "kind": "neuron", "a0": 1, "threshold": 2.0, "offset": per_step(offset), "initial": 1.0,
         "noise": {"mean": 0.5, "std": 0.25}},
    ]
    nearest, samples = float("inf"), []
    for _ in range(SAMPLES):
        frames = torch.randint(0, FULL_SCALE + 1, (STEPS, 9), generator=generator)
        u, v, fired = begins.clone(), torch.full((6,), 1.0).double(), {"soft": [], "hard": []}
        for t, frame in enumerate(frames.double() / FULL_SCALE):
            u = 0.75 * u + first @ frame
            s = (u > 1).double()
            nearest = min(nearest, float((u - 1).abs().min()))
            u = u - s
            v = v + second @ s + offset[t]
            z = (v > 2).double()
            nearest = min(nearest, float((v - 2).abs().min()))
            v = v * (1 - z)
            fired["soft"].append([int(x) for x in s])
            fired["hard"].append([int(x) for x in z])
        samples.append({"input": frames.flatten().tolist(), "spikes": fired})
    return layers, samples, nearest


for seed in range(1000):
    layers, samples, nearest = network(seed)
    if nearest > MARGIN:
        break
save(FOLDER / "start.json", [9], layers)
text = json.dumps([{"name": "start", "steps": STEPS, "seed": seed, "samples": samples}], separators=(",", ":"))
(FOLDER / "start-spikes.json").write_text(text + "\n")
print(f"seed {seed}, {nearest:.1e} from a threshold, spikes of the first sample",
      {layer: sum(map(sum, rows)) for layer, rows in samples[0]["spikes"].items()})
