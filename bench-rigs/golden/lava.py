"""Small lava-dl networks as .net files, with the spikes that an integer model of Loihi gives for random input.

The model follows lava's fixed-point LIF (12-bit decays toward zero, weights and thresholds 6 bits up, reset to 0) and
SLAYER's blocks (each one step late, axonal delays on top, pools as sums); it knows nothing of the engine. With the
published Oxford network as an argument it also counts its spikes: `python3 lava.py FOLDER`.
"""

import gzip
import pathlib
import sys

import h5py
import numpy as np

FOLDER = pathlib.Path(__file__).parents[2] / "host-tools/src/test/golden"
SEED = 21
STEPS = 120


def decayed(x, decay):
    return np.sign(x) * ((np.abs(x) * (4096 - decay)) >> 12)


def late(spikes, delay):
    """(steps, channels, ...) each channel by its own delay and one step more."""
    out = np.zeros_like(spikes)
    delay = np.broadcast_to(np.asarray(delay) + 1, spikes.shape[1])
    for c, d in enumerate(delay):
        out[d:, c] = spikes[: len(spikes) - d, c]
    return out


def cuba(sums, neuron, bias):
    """(steps, channels, ...) weighted spikes to spikes."""
    extra = (1,) * (sums.ndim - 2)
    per_channel = lambda v: np.asarray(v, dtype=np.int64).reshape((-1, *extra))
    i_decay, v_decay = per_channel(neuron["iDecay"]), per_channel(neuron["vDecay"])
    threshold, bias = per_channel(neuron["vThMant"]) << 6, per_channel(bias) << 6
    u = np.zeros(sums.shape[1:], dtype=np.int64)
    v = np.zeros_like(u)
    spikes = np.zeros_like(sums)
    for t in range(len(sums)):
        u = decayed(u, i_decay) + (sums[t] << 6)
        v = decayed(v, v_decay) + u + bias
        spikes[t] = v > threshold
        v = np.where(spikes[t] != 0, 0, v)
    return spikes


def correlate(planes, weight, stride, padding, dilation, groups):
    """(steps, channels, y, x) by the definition, one output at a time."""
    planes = np.pad(planes, ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
    outs, ins, kh, kw = weight.shape
    rows = (planes.shape[2] - dilation[0] * (kh - 1) - 1) // stride[0] + 1
    columns = (planes.shape[3] - dilation[1] * (kw - 1) - 1) // stride[1] + 1
    out = np.zeros((len(planes), outs, rows, columns), dtype=np.int64)
    for o in range(outs):
        first = o // (outs // groups) * ins
        for i in range(ins):
            for ky in range(kh):
                for kx in range(kw):
                    y, x = ky * dilation[0], kx * dilation[1]
                    seen = planes[:, first + i, y : y + stride[0] * rows : stride[0], x : x + stride[1] * columns : stride[1]]
                    out[:, o] += weight[o, i, ky, kx] * seen
    return out


def write_block(layers, kind, shape, neuron=None, **fields):
    block = layers.create_group(str(len(layers)))
    block.create_dataset("type", (1,), "S10", [kind.encode("ascii")])
    block.create_dataset("shape", data=np.array(shape))
    for key, value in fields.items():
        block.create_dataset(key, data=value)
    for key, value in (neuron or {}).items():
        block.create_dataset(f"neuron/{key}", data=value)


def neuron(i_decay, v_decay, threshold):
    return {"type": "CUBA", "iDecay": i_decay, "vDecay": v_decay, "vThMant": threshold, "refDelay": 1,
            "gradedSpike": False}


def write_spikes(name, spikes):
    with gzip.GzipFile(FOLDER / f"{name}.txt.gz", "wb", mtime=0) as file:
        text = f"# maker bench-rigs/golden/lava.py, numpy {np.__version__}, h5py {h5py.__version__}, seed {SEED}\n"
        for key, values in spikes:
            flat = values.reshape(len(values), -1).astype(np.int64)
            text += "".join(f"{key} " + "".join(map(str, row)) + "\n" for row in flat)
        file.write(text.encode("ascii"))


def dense_net(random):
    """Currents that last, odd and nine-bit weights, biases, delays, decays and thresholds a neuron."""
    sizes = (11, 17, 6)
    x = (random.random((STEPS, sizes[0])) < 0.25).astype(np.int64)
    spikes = [("input", x)]
    with h5py.File(FOLDER / "lava-dense.net", "w", libver="earliest") as file:
        layers = file.create_group("layer")
        for k, (ins, outs) in enumerate(zip(sizes, sizes[1:])):
            weight = random.integers(-255, 256, (outs, ins)) if k == 0 else 2 * random.integers(-90, 128, (outs, ins))
            cell = neuron(random.integers(300, 4097, outs), random.integers(0, 900, outs), random.integers(150, 500, outs))
            bias = random.integers(-9, 40, outs)
            delay = random.integers(0, 7, outs).astype(np.float32)
            write_block(layers, "dense", [outs], cell, inFeatures=ins, outFeatures=outs,
                        weight=weight.astype(np.float32), bias=bias.astype(np.float32), delay=delay)
            x = late(cuba(x @ weight.T, cell, bias), delay.astype(np.int64))
            spikes.append((f"layer{k}", x))
    write_spikes("lava-dense", spikes)
    return [int(s.sum()) for _, s in spikes]


def planes_net(random):
    """Input, dilated, grouped and strided convolutions, a pool, a flatten and populations that are averaged."""
    x = (random.random((STEPS, 2, 9, 8)) < 0.2).astype(np.int64)
    spikes = [("input", x)]
    with h5py.File(FOLDER / "lava-planes.net", "w", libver="earliest") as file:
        layers = file.create_group("layer")
        write_block(layers, "input", x.shape[1:])
        x = late(x, 0)
        spikes.append(("layer0", x))
        for k, (shape, kernel, stride, padding, dilation, groups, threshold) in enumerate((
            ((4, 9, 8), (3, 3), (1, 1), (2, 1), (2, 1), 1, 420),
            ((6, 4, 4), (2, 3), (2, 2), (0, 1), (1, 1), 2, 330),
        )):
            weight = 2 * random.integers(-60, 128, (shape[0], x.shape[1] // groups, *kernel))
            cell = neuron(random.integers(500, 4097, shape[0]), 300 + 50 * k, threshold)
            delay = random.integers(0, 3, shape[0]).astype(np.float32)
            write_block(layers, "conv", shape, cell, inChannels=x.shape[1], outChannels=shape[0], kernelSize=kernel,
                        stride=stride, padding=padding, dilation=dilation, groups=groups,
                        weight=weight.astype(np.float32), delay=delay)
            sums = correlate(x, weight, stride, padding, dilation, groups)
            assert sums.shape[1:] == shape
            x = late(cuba(sums, cell, 0), delay.astype(np.int64))
            spikes.append((f"layer{k + 1}", x))
        cell = neuron(4096, 200, 70)
        write_block(layers, "pool", [6, 2, 2], cell, kernelSize=[2, 2], stride=[2, 2], padding=[0, 0], dilation=[1, 1],
                    weight=np.full((1, 1, 2, 2), 64, dtype=np.float32))
        sums = 64 * x.reshape(STEPS, 6, 2, 2, 2, 2).sum(axis=(3, 5))
        x = late(cuba(sums, cell, 0), 0)
        spikes.append(("layer3", x))
        write_block(layers, "flatten", [24, 1, 1])
        x = x.reshape(STEPS, 24)
        weight = random.integers(-1, 2, (6, 24)) * 32
        cell = neuron(1024, 128, 250)
        write_block(layers, "dense", [6, 1, 1], cell, inFeatures=24, outFeatures=6, weight=weight.astype(np.float32))
        x = late(cuba(x @ weight.T, cell, 0), 0)
        spikes.append(("layer5", x))
        write_block(layers, "average", [3, 1, 1])
    write_spikes("lava-planes", spikes)
    return [int(s.sum()) for _, s in spikes]


def oxford(folder):
    """Spikes of both layers, those that the chip's recording of layer 0 has too, and those of layer 1 that were wanted."""
    folder = pathlib.Path(folder)
    x = np.load(folder / "oxford_in.npy").T.astype(np.int64)
    out = []
    with h5py.File(folder / "oxford_Trained_network.net") as file:
        for k in range(2):
            block = file[f"layer/{k}"]
            cell = {key: block[f"neuron/{key}"][()] for key in ("iDecay", "vDecay", "vThMant")}
            x = late(cuba(x @ block["weight"][()].astype(np.int64).T, cell, 0), 0)
            out.append(x)
    wanted = np.zeros_like(out[1])
    truth = np.load(folder / "oxford_ground_truth.npy").astype(int)
    wanted[truth[:, 2], truth[:, 0]] = 1
    chip = np.load(folder / "oxford_out.npy").T != 0
    print("oxford: layer 0", out[0].sum(), "differing from the chip", ((out[0] != 0) != chip).sum(),
          "layer 1", out[1].sum(), "wanted", wanted.sum(), "both", (out[1] * wanted).sum())


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(SEED)
    print("spikes of input and layers:", dense_net(random), planes_net(random))
    if len(sys.argv) > 1:
        oxford(sys.argv[1])
