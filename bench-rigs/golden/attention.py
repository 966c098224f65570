"""Makes attention.json, attention.safetensors and attention-spikes.json in host-tools/src/test/golden/layers.

    python3 attention.py          # torch 2.13

Two convolutions whose neurons are gated by attention over their own spikes, from SCTFA's equations (TNNLS 2023, arXiv
2209.10837): before step t A_s = σ(conv 1 × 1 of s), A_c = σ(W2 · relu(W1 · mean of s)), u ← u · A_s · A_c, from the second step
on; then u ← u / 2 · (1 − s) + BN(conv x), s = u > 0.8. Computed with torch in float64 on random event frames, counts of 0 to 3.
attention-half.json is the same network whose A is the constant ½, which a layer file says by a spatial bias of 40 and by
weights of 0. No membrane comes so close to its threshold that float32 could decide otherwise.
"""

import json

import torch
from torch.nn.functional import avg_pool2d, conv2d

from layer_files import FOLDER, Recorder, logistic, uniform, weights
from layer_file import save

STEPS = 10
SAMPLES = 12
CHANNELS = (6, 8)
HIDDEN = (3, 2)
THRESHOLD = 0.8
MARGIN = 2e-6


def network(generator):
    widths, layers, parts = (2, *CHANNELS), [], []
    for k, (channels, hidden) in enumerate(zip(CHANNELS, HIDDEN), 1):
        conv = weights(generator, channels, widths[k - 1], 3, 3)
        norm = {"gamma": uniform(generator, 0.3, 0.8, channels), "beta": uniform(generator, -0.1, 0.4, channels),
                "mean": uniform(generator, -0.5, 0.5, channels), "var": uniform(generator, 1, 3, channels)}
        gate = {"spatial": uniform(generator, -1, 2, 1, channels, 1, 1), "spatial_bias": uniform(generator, -0.5, 1.5, 1),
                "squeeze": uniform(generator, -2, 4, hidden, channels), "excite": uniform(generator, -1.5, 3, channels, hidden)}
        parts.append((conv, norm, gate))
        layers += [{"name": f"conv{k}", "kind": "conv2d", "weight": conv, "padding": 1},
                   {"name": f"norm{k}", "kind": "norm", **norm},
                   {"name": f"lif{k}", "kind": "neuron", "a0": 0.5, "threshold": THRESHOLD, "attention": gate}]
        if k == 1:
            layers.append({"name": "pool", "kind": "avg_pool", "kernel": 2})
    layers.append({"name": "flat", "kind": "flatten"})
    layers.append({"name": "head", "kind": "affine", "weight": weights(generator, 5, CHANNELS[1] * 16) / 16})
    return layers, parts


def run(frames, parts, head, recorder, constant):
    """The summed scores."""
    u, s, scores = [None, None], [None, None], torch.zeros(5).double()
    for frame in frames:
        x = frame
        for k, (conv, norm, gate) in enumerate(parts):
            gamma, beta, mean, var = (value.view(-1, 1, 1) for value in norm.values())
            x = gamma * (conv2d(x[None], conv, padding=1)[0] - mean) / torch.sqrt(var + 1e-5) + beta
            if u[k] is not None:
                spatial = logistic(conv2d(s[k][None], gate["spatial"], gate["spatial_bias"])[0])
                channel = logistic(gate["excite"] @ torch.relu(gate["squeeze"] @ s[k].mean((1, 2))))
                factor = constant or spatial * channel.view(-1, 1, 1)
                x = 0.5 * u[k] * factor * (1 - s[k]) + x
            u[k] = x
            s[k] = recorder.fire(f"lif{k + 1}", x, torch.tensor(THRESHOLD).float().double())
            x = avg_pool2d(s[k][None], 2)[0] if k == 0 else s[k]
        scores += head @ x.flatten()
    return scores


def main():
    for seed in range(2000):
        generator = torch.Generator().manual_seed(seed)
        layers, parts = network(generator)
        samples, nearest = [], float("inf")
        for _ in range(SAMPLES):
            counts = torch.randint(0, 4, (STEPS, 2, 8, 8), generator=generator)
            counts *= torch.rand(counts.shape, generator=generator) < 0.25
            sample = {"input": counts.flatten().tolist()}
            for name, constant in (("", 0), ("half.", 0.5)):
                recorder = Recorder()
                scores = run(counts.double(), parts, layers[-1]["weight"], recorder, constant)
                nearest = min(nearest, recorder.nearest)
                sample.update({name + "spikes": recorder.spikes, name + "scores": [round(v, 9) for v in scores.tolist()]})
            samples.append(sample)
        if nearest > MARGIN:
            break
    else:
        raise SystemExit("no seed keeps its distance")
    save(FOLDER / "attention.json", [2, 8, 8], layers)
    for layer in layers:
        if "attention" in layer:
            gate = {key: value * 0 for key, value in layer["attention"].items()}
            layer["attention"] = {**gate, "spatial_bias": gate["spatial_bias"] + 40}
    save(FOLDER / "attention-half.json", [2, 8, 8], layers)
    made = {"steps": STEPS, "seed": seed, "samples": samples}
    (FOLDER / "attention-spikes.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")
    fired = {layer: sum(sum(map(sum, sample["spikes"][layer])) for sample in samples) for layer in ("lif1", "lif2")}
    other = {layer: sum(a != b for sample in samples for x, y in zip(sample["spikes"][layer], sample["half.spikes"][layer])
                        for a, b in zip(x, y)) for layer in ("lif1", "lif2")}
    print(f"seed {seed}, {nearest:.1e} from a threshold, spikes {fired}, differing with A = 1/2 {other}")


if __name__ == "__main__":
    main()
