"""Makes host-tools/src/test/golden/layers: small layer files, written by bench-rigs/zoo/layer_file.py, and their spikes.

    python3 layer_files.py        # torch 2.13, safetensors 0.8

Every network is computed here with torch in float64 from the update rule that its paper gives, not from the two-branch
equation that the importer makes of it. spikes.json holds for each file three random inputs, whole numbers of 0 to 16
where 16 means 1.0, a frame a step, and the spikes of every neuron layer. Weights lie on the grid of an int8 row, so that
integers lose nothing of them; no membrane comes so close to its threshold that a rounding could decide. types.json names one
tensor of every number type, which types-values.json holds as float32.
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from torch.nn.functional import conv2d

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "zoo"))
from layer_file import per_step, save  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "host-tools/src/test/golden/layers"
FULL_SCALE = 16
SAMPLES = 3
MARGIN = 2e-3


class Recorder:
    """Spikes by layer and step, and how near a membrane came to its threshold."""

    def __init__(self):
        self.spikes = {}
        self.nearest = float("inf")

    def fire(self, layer, membrane, threshold, at_least=False):
        gap = membrane - torch.as_tensor(threshold)
        self.nearest = min(self.nearest, gap.abs().min().item())
        fired = (gap >= 0 if at_least else gap > 0).double()
        self.spikes.setdefault(layer, []).append([int(s) for s in fired.flatten()])
        return fired


def weights(generator, *shape):
    """Multiples of 1/64 whose largest in each row is 127/64."""
    drawn = torch.randint(-127, 128, shape, generator=generator)
    drawn.flatten(1)[:, 0] = 127
    return drawn.double() / 64


def uniform(generator, low, high, *shape):
    """As the file will hold them, in float32."""
    return (low + (high - low) * torch.rand(shape, generator=generator)).double().float().double()


def logistic(logit):
    return torch.sigmoid(logit)


def bntt(generator):
    """arXiv 2010.01729: u = λu + γ_t (z − μ_t) / √(σ²_t + 1e-4), s = u > 1, u −= s; the score adds up, without leak."""
    steps, channels = 4, 3
    w, head = weights(generator, channels, 2, 3, 3), weights(generator, 4, channels * 25)
    gamma, mean = uniform(generator, 0.3, 1.6, steps, channels), uniform(generator, -0.5, 0.5, steps, channels)
    var = uniform(generator, 0.5, 3, steps, channels)
    layers = [
        {"name": "conv", "kind": "conv2d", "weight": w, "padding": 1},
        {"name": "norm", "kind": "norm", "gamma": per_step(gamma), "mean": per_step(mean), "var": per_step(var),
         "eps": 1e-4},
        {"name": "lif", "kind": "neuron", "a0": 0.95, "a1": 0.95, "b1": -0.95, "threshold": 1.0},
        {"name": "flat", "kind": "flatten"},
        {"name": "head", "kind": "affine", "weight": head},
    ]

    def run(frames, recorder):
        u = torch.zeros(channels, 5, 5, dtype=torch.float64)
        for t, frame in enumerate(frames):
            z = conv2d(frame[None], w, padding=1)[0]
            shape = (channels, 1, 1)
            z = gamma[t].view(shape) * (z - mean[t].view(shape)) / torch.sqrt(var[t].view(shape) + 1e-4)
            u = 0.95 * u + z
            u = u - recorder.fire("lif", u, 1.0)

    return [2, 5, 5], steps, layers, run


def glif(generator):
    """NeurIPS 2022, all gates learned; a static norm whose gain is α·V_th of tdBN stands before the neurons."""
    steps, n = 6, 12
    w, head = weights(generator, n, 10), weights(generator, 4, n)
    names = ["alpha", "beta", "gamma", "tau", "leak", "reset", "threshold"]
    logits = {name: uniform(generator, -1.5, 1.5, n) for name in names}
    conduct = uniform(generator, -1.5, 1.5, steps, n)
    gain, beta, mean = uniform(generator, 0.4, 1.6, n), uniform(generator, 0, 0.4, n), uniform(generator, -1, 1, n)
    var = uniform(generator, 0.5, 3, n)
    layers = [
        {"name": "dense", "kind": "affine", "weight": w},
        {"name": "norm", "kind": "norm", "gamma": gain, "beta": beta, "mean": mean, "var": var},
        {"name": "glif", "kind": "glif", "conduct": per_step(conduct), **logits},
        {"name": "head", "kind": "affine", "weight": head},
        {"name": "out", "kind": "neuron", "a0": 0.5, "a1": 0, "threshold": 1.0},
    ]

    def run(frames, recorder):
        al, be, ga, tau, leak, reset, threshold = (logistic(logits[name]) for name in names)
        u, s, v = torch.zeros(n).double(), torch.zeros(n).double(), torch.zeros(4).double()
        for t, frame in enumerate(frames):
            x = gain * (w @ frame.flatten() - mean) / torch.sqrt(var + 1e-5) + beta
            c = logistic(conduct[t])
            u = ((1 - al * (1 - tau)) * u * (1 - ga * s) - (1 - al) * leak
                 + x * (1 - be * (1 - c)) - (1 - ga) * reset * s)
            s = recorder.fire("glif", u, threshold)
            v = 0.5 * v + head @ s
            v = v * (1 - recorder.fire("out", v, 1.0))

    return [10], steps, layers, run


def per_neuron(generator):
    """STL-SNN, arXiv 2206.06129: mem = mem / 2 + x, s = mem ≥ θ_j, mem = (1 − s) mem; one threshold a neuron."""
    steps = 4
    w = weights(generator, 3, 1, 3, 3)
    thresholds = uniform(generator, 0.3, 2.5, 3, 4, 4)
    layers = [
        {"name": "conv", "kind": "conv2d", "weight": w},
        {"name": "lif", "kind": "neuron", "a0": 0.5, "threshold": thresholds, "compare": "at-least"},
        {"name": "pool", "kind": "max_pool", "kernel": 2},
        {"name": "flat", "kind": "flatten"},
        {"name": "head", "kind": "affine", "weight": weights(generator, 5, 12), "bias": uniform(generator, 0, 1, 5)},
    ]

    def run(frames, recorder):
        u = torch.zeros(3, 4, 4).double()
        for frame in frames:
            u = u / 2 + conv2d(frame[None], w)[0]
            u = u * (1 - recorder.fire("lif", u, thresholds, at_least=True))

    return [1, 6, 6], steps, layers, run


def sew(mode):
    """SEW-ResNet, NeurIPS 2021: ADD out + id, AND out · id, IAND id · (1 − out), of IF neurons with hard reset at ≥ 1."""

    def network(generator):
        stem, w = weights(generator, 4, 2, 3, 3), weights(generator, 4, 4, 3, 3)
        behind = weights(generator, 6, 4, 1, 1)
        neuron = {"kind": "neuron", "a0": 1, "threshold": 1.0, "compare": "at-least"}
        layers = [
            {"name": "stem", "kind": "conv2d", "weight": stem, "padding": 1},
            {"name": "identity", **neuron},
            {"name": "conv", "kind": "conv2d", "weight": w, "padding": 1},
            {"name": "branch", **neuron},
            {"name": "joined", "kind": mode, "from": ["branch", "identity"]},
            {"name": "point", "kind": "conv2d", "weight": behind},
            {"name": "last", **neuron},
        ]

        def run(frames, recorder):
            u1, u2, u3 = (torch.zeros(c, 4, 4).double() for c in (4, 4, 6))
            for frame in frames:
                u1 = u1 + conv2d(frame[None], stem, padding=1)[0]
                identity = recorder.fire("identity", u1, 1.0, at_least=True)
                u1 = u1 * (1 - identity)
                u2 = u2 + conv2d(identity[None], w, padding=1)[0]
                out = recorder.fire("branch", u2, 1.0, at_least=True)
                u2 = u2 * (1 - out)
                joined = {"add": out + identity, "and": out * identity, "iand": identity * (1 - out)}[mode]
                u3 = u3 + conv2d(joined[None], behind)[0]
                u3 = u3 * (1 - recorder.fire("last", u3, 1.0, at_least=True))

        return [2, 4, 4], 5, layers, run

    return network


def stream(generator):
    """MS-ResNet, arXiv 2112.08954: u = u / 4 · (1 − s) + x, s = u > 0.5; blocks add BN(conv(·)) to a stream of currents,
    whose shortcut is the identity, and then an averaging pool, a 1 × 1 convolution and its norm."""
    steps = 6

    def norm(channels, low, high):
        return {"gamma": uniform(generator, low, high, channels), "beta": uniform(generator, -0.2, 0.4, channels),
                "mean": uniform(generator, -0.5, 0.5, channels), "var": uniform(generator, 0.5, 3, channels)}

    def normed(x, values):
        gamma, beta, mean, var = (value.view(-1, 1, 1) for value in values.values())
        return gamma * (x - mean) / torch.sqrt(var + 1e-5) + beta

    shapes = {"stem": (4, 2, 3), "a1": (4, 4, 3), "a2": (4, 4, 3), "b1": (6, 4, 3), "b2": (6, 6, 3), "short": (6, 4, 1)}
    w = {name: weights(generator, o, i, k, k) for name, (o, i, k) in shapes.items()}
    bn = {name: norm(o, 0.1, 0.6) for name, (o, _, _) in shapes.items()}

    def conv(name, source, **more):
        return [
            {"name": name, "kind": "conv2d", "from": source, "weight": w[name], "padding": w[name].shape[-1] // 2, **more},
            {"name": f"{name}.norm", "kind": "norm", **bn[name]},
        ]

    def lif(name, source):
        return {"name": name, "kind": "neuron", "from": source, "a0": 0.25, "threshold": 0.5}

    layers = [
        *conv("stem", "input"),
        {"name": "stream", "kind": "current-add"},
        lif("lif1", "stream"), *conv("a1", "lif1"), lif("lif2", "a1.norm"), *conv("a2", "lif2"),
        {"name": "stream.a", "kind": "current-add", "from": ["a2.norm", "stream"]},
        lif("lif3", "stream.a"), *conv("b1", "lif3", stride=2), lif("lif4", "b1.norm"), *conv("b2", "lif4"),
        {"name": "pool", "kind": "avg_pool", "from": "stream.a", "kernel": 2}, *conv("short", "pool"),
        {"name": "stream.b", "kind": "current-add", "from": ["b2.norm", "short.norm"]},
        lif("lif5", "stream.b"),
        {"name": "flat", "kind": "flatten"},
        {"name": "head", "kind": "affine", "weight": weights(generator, 3, 24)},
    ]

    def run(frames, recorder):
        u = {}

        def fire(name, x):
            u[name] = u.get(name, torch.zeros_like(x)) + x
            fired = recorder.fire(name, u[name], 0.5)
            u[name] = 0.25 * u[name] * (1 - fired)
            return fired

        def convolved(name, x, stride=1):
            return normed(conv2d(x[None], w[name], padding=w[name].shape[-1] // 2, stride=stride)[0], bn[name])

        for frame in frames:
            x = convolved("stem", frame)
            x = x + convolved("a2", fire("lif2", convolved("a1", fire("lif1", x))))
            branch = convolved("b2", fire("lif4", convolved("b1", fire("lif3", x), stride=2)))
            x = branch + convolved("short", torch.nn.functional.avg_pool2d(x[None], 2)[0])
            fire("lif5", x)

    return [2, 4, 4], steps, layers, run


def hoyer(generator):
    """arXiv 2212.10170 at one step: norm, z = u / |v_th|, s = z ≥ h; every other channel's gamma is below 0."""
    w, head = weights(generator, 4, 2, 3, 3), weights(generator, 3, 64)
    gamma = uniform(generator, 0.3, 1.5, 4) * torch.tensor([1, -1, 1, -1])
    beta, mean, var = uniform(generator, -0.3, 0.6, 4), uniform(generator, -1, 1, 4), uniform(generator, 0.5, 3, 4)
    trained, extremum = torch.tensor(-0.8).double(), uniform(generator, 0.3, 0.9, 4)
    layers = [
        {"name": "conv", "kind": "conv2d", "weight": w, "padding": 1},
        {"name": "norm", "kind": "norm", "gamma": gamma, "beta": beta, "mean": mean, "var": var},
        {"name": "spike", "kind": "hoyer", "threshold": trained, "extremum": extremum},
        {"name": "flat", "kind": "flatten"},
        {"name": "head", "kind": "affine", "weight": head},
    ]

    def run(frames, recorder):
        shape = (4, 1, 1)
        z = conv2d(frames[0][None], w, padding=1)[0]
        z = gamma.view(shape) * (z - mean.view(shape)) / torch.sqrt(var.view(shape) + 1e-5) + beta.view(shape)
        recorder.fire("spike", z / trained.float().double().abs(), extremum.view(shape), at_least=True)

    return [2, 4, 4], 1, layers, run


def standardised(weight, gain, eps=1e-4):
    """OTTT's weight standardisation, torch's unbiased variance: (w − mean) / √(var · fan_in + eps) · gain, row by row."""
    rows = weight.flatten(1)
    mean, var = rows.mean(1, keepdim=True), rows.var(1, keepdim=True)
    rows = (rows - mean) / torch.sqrt(var * rows.shape[1] + eps) * gain.view(-1, 1)
    return rows.view_as(weight)


def ottt(generator):
    """arXiv 2210.04195: standardised weights, u = u / 2 + x, s = u ≥ 1, u −= s, and 2.74 · s reaches the pool behind."""

    def balanced(*shape):
        """On the grid, every row's sum 0, and the weights and gains that are standardised to them."""
        half = torch.randint(-127, 128, (shape[0], int(torch.tensor(shape[1:]).prod()) // 2), generator=generator)
        half[:, 0] = 127
        grid = (torch.cat([half, -half], 1).double() / 64).view(shape)
        stretch, shift = uniform(generator, 0.05, 0.2, shape[0], 1), uniform(generator, -0.3, 0.3, shape[0], 1)
        rows = (grid.flatten(1) * stretch + shift).float().double()
        gain = torch.sqrt(rows.var(1) * rows.shape[1] + 1e-4) / stretch.flatten()
        return {"weight": rows.view(shape), "standardise": {"gain": gain.float().double()}}

    steps = 6
    first, second = balanced(4, 2, 3, 3), balanced(6, 4, 3, 3)
    w1, w2 = (standardised(layer["weight"], layer["standardise"]["gain"]) for layer in (first, second))
    bias = uniform(generator, -0.2, 0.4, 4)
    neuron = {"kind": "neuron", "a0": 0.5, "a1": 0.5, "b1": -0.5, "threshold": 1.0, "compare": "at-least"}
    layers = [
        {"name": "conv1", "kind": "conv2d", "padding": 1, "bias": bias, **first},
        {"name": "lif1", **neuron},
        {"name": "scale1", "kind": "scale", "scale": 2.74},
        {"name": "pool", "kind": "avg_pool", "kernel": 2},
        {"name": "conv2", "kind": "conv2d", **second},
        {"name": "lif2", **neuron},
        {"name": "scale2", "kind": "scale", "scale": 2.74},
        {"name": "flat", "kind": "flatten"},
        {"name": "head", "kind": "affine", "weight": weights(generator, 3, 24)},
    ]

    def run(frames, recorder):
        u, v = torch.zeros(4, 8, 8).double(), torch.zeros(6, 2, 2).double()
        for frame in frames:
            u = 0.5 * u + conv2d(frame[None], w1, bias, padding=1)[0]
            s = recorder.fire("lif1", u, 1.0, at_least=True)
            u = u - s
            v = 0.5 * v + conv2d(torch.nn.functional.avg_pool2d(2.74 * s[None], 2), w2)[0]
            v = v - recorder.fire("lif2", v, 1.0, at_least=True)

    return [2, 8, 8], steps, layers, run


def tdbn(generator):
    """Zheng et al., AAAI 2021: α · V_th · (x − μ) / √(σ² + ε) · λ + β; u = u / 4 · (1 − s) + x, s = u > V_th."""
    steps, channels, threshold, alpha = 5, 4, 0.5, 0.7
    w = weights(generator, channels, 2, 3, 3)
    gain, beta = uniform(generator, 0.6, 1.6, channels), uniform(generator, -0.1, 0.3, channels)
    mean, var = uniform(generator, -0.5, 0.5, channels), uniform(generator, 0.5, 3, channels)
    layers = [
        {"name": "conv", "kind": "conv2d", "weight": w, "padding": 1},
        {"name": "norm", "kind": "norm", "gamma": gain, "beta": beta, "mean": mean, "var": var,
         "scale": alpha * threshold},
        {"name": "lif", "kind": "neuron", "a0": 0.25, "threshold": threshold},
        {"name": "flat", "kind": "flatten"},
        {"name": "head", "kind": "affine", "weight": weights(generator, 4, channels * 25)},
    ]

    def run(frames, recorder):
        u, shape = torch.zeros(channels, 5, 5).double(), (channels, 1, 1)
        for frame in frames:
            x = conv2d(frame[None], w, padding=1)[0]
            x = alpha * threshold * (x - mean.view(shape)) / torch.sqrt(var.view(shape) + 1e-5)
            u = 0.25 * u + gain.view(shape) * x + beta.view(shape)
            u = u * (1 - recorder.fire("lif", u, threshold))

    return [2, 5, 5], steps, layers, run


def log_weights(generator):
    """Weights of ± 2^(−q/2) and 0, which five bits say; IF neurons that subtract their threshold."""
    steps = 5

    def drawn(rows, columns):
        q = torch.randint(0, 8, (rows, columns), generator=generator).double()
        q[:, 0] = 0
        sign = torch.randint(-1, 3, (rows, columns), generator=generator).clamp(max=1).double()
        sign[:, 0] = 1
        return (sign * 2 ** (-q / 2)).float().double()

    w, behind = drawn(16, 9), drawn(6, 16)
    neuron = {"kind": "neuron", "a0": 1, "a1": 1, "b1": -1, "threshold": 1.0}
    layers = [
        {"name": "first", "kind": "affine", "weight": w, "weights": "log2"},
        {"name": "hidden", **neuron},
        {"name": "second", "kind": "affine", "weight": behind, "weights": "log2"},
        {"name": "last", **neuron},
    ]

    def run(frames, recorder):
        u, v = torch.zeros(16).double(), torch.zeros(6).double()
        for frame in frames:
            u = u + w @ frame.flatten()
            s = recorder.fire("hidden", u, 1.0)
            u = u - s
            v = v + behind @ s
            v = v - recorder.fire("last", v, 1.0)

    return [9], steps, layers, run


def types():
    """One row of weights in every number type, written by the safetensors package itself."""
    whole = [3, -2, 0, 100]
    tensors = {
        "F64": torch.tensor([0.1, -2.5, 0, 1e30], dtype=torch.float64),
        "F32": torch.tensor([0.1, -2.5, 0, 1e30]),
        "F16": torch.tensor([0.1, -2.5, 6e-8, 60000]).half(),
        "BF16": torch.tensor([0.1, -2.5, 0, 1e30]).bfloat16(),
        "I64": torch.tensor(whole) * 2**40,
        "I32": torch.tensor(whole, dtype=torch.int32) * 2**20,
        "I16": torch.tensor(whole, dtype=torch.int16) * 2**8,
        "I8": torch.tensor(whole, dtype=torch.int8),
        "U8": torch.tensor([255, 0, 128, 1], dtype=torch.uint8),
        "BOOL": torch.tensor([True, False, False, True]),
    }
    save_file({name: tensor[None] for name, tensor in tensors.items()}, FOLDER / "types.safetensors")
    layers = [{"name": name, "kind": "affine", "weight": name, "from": "input"} for name in tensors]
    layers.append({"name": "sum", "kind": "add", "from": list(tensors)})
    model = {"format": "spikelet-layers", "version": 1, "input": [4], "layers": layers, "output": "sum"}
    (FOLDER / "types.json").write_text(json.dumps(model, indent=1) + "\n")
    values = {name: [float(f"{v:.9g}") for v in tensor.float().tolist()] for name, tensor in tensors.items()}
    (FOLDER / "types-values.json").write_text(json.dumps(values, indent=1) + "\n")


def standardised_weights():
    """Folded weights and biases of four layers, to be held to 1e-6: standardised, the second and third normed behind."""
    generator = torch.Generator().manual_seed(3)
    shapes = {"conv": (4, 2, 3, 3), "grouped": (4, 1, 3, 3), "line": (3, 4, 5), "dense": (5, 12)}
    kinds = {"conv": "conv2d", "grouped": "conv2d", "line": "conv1d", "dense": "affine"}
    layers, values = [], {}
    for name, shape in shapes.items():
        rows = shape[0]
        weight, bias = uniform(generator, -0.7, 1.3, *shape), uniform(generator, -1, 1, rows)
        gain = uniform(generator, 0.3, 2, rows) if name != "line" else torch.tensor(1.3).double().float().double()
        eps = 1e-4 if name != "dense" else 0.01
        folded = standardised(weight, gain.expand(rows), eps)
        given = {"gain": gain} if name != "dense" else {"gain": gain, "eps": eps}
        layers.append({"name": name, "kind": kinds[name], "weight": weight, "bias": bias, "standardise": given})
        if name == "grouped":
            layers[-1].update(groups=4, padding=1)
        if name in ("grouped", "line"):
            norm = {"gamma": uniform(generator, -2, 2, rows), "beta": uniform(generator, -1, 1, rows),
                    "mean": uniform(generator, -1, 1, rows), "var": uniform(generator, 0.2, 3, rows)}
            layers.append({"name": f"{name}.norm", "kind": "norm", **norm})
            factor = norm["gamma"] / torch.sqrt(norm["var"] + 1e-5)
            folded = folded * factor.view(-1, *[1] * (len(shape) - 1))
            bias = factor * (bias - norm["mean"]) + norm["beta"]
        values[name] = {"weight": folded.flatten().tolist(), "bias": bias.tolist()}
        if name == "grouped":
            layers.append({"name": "flat.lines", "kind": "neuron", "a0": 0, "threshold": 1})
            save(FOLDER / "standardised-planes.json", [2, 5, 5], layers)
            layers = []
        if name == "line":
            layers += [{"name": "spike", "kind": "neuron", "a0": 0, "threshold": 1}, {"name": "flat", "kind": "flatten"}]
    save(FOLDER / "standardised-lines.json", [4, 8], layers)
    (FOLDER / "standardised-values.json").write_text(json.dumps(values) + "\n")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = []
    networks = {"stream": stream, "bntt": bntt, "glif": glif, "per-neuron": per_neuron, "hoyer": hoyer, "log-weights": log_weights,
                "ottt": ottt, "tdbn": tdbn}
    networks.update({f"sew-{mode}": sew(mode) for mode in ("add", "and", "iand")})
    for name, network in networks.items():
        for seed in range(1000):
            generator = torch.Generator().manual_seed(seed)
            shape, steps, layers, run = network(generator)
            samples, nearest = [], float("inf")
            for _ in range(SAMPLES):
                values = torch.randint(0, FULL_SCALE + 1, (steps, *shape), generator=generator)
                recorder = Recorder()
                run(values.double() / FULL_SCALE, recorder)
                nearest = min(nearest, recorder.nearest)
                samples.append({"input": values.flatten().tolist(), "spikes": recorder.spikes})
            if nearest > (MARGIN if steps > 1 else MARGIN / 10):
                break
        else:
            raise SystemExit(f"{name}: no seed keeps its distance")
        save(FOLDER / f"{name}.json", shape, layers)
        made.append({"name": name, "steps": steps, "seed": seed, "samples": samples})
        fired = {layer: sum(map(sum, rows)) for layer, rows in samples[0]["spikes"].items()}
        print(f"{name}: seed {seed}, {nearest:.1e} from a threshold, spikes of the first sample {fired}")
    (FOLDER / "spikes.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")
    types()
    standardised_weights()


if __name__ == "__main__":
    main()
