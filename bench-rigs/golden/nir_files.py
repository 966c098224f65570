"""Makes host-tools/src/test/golden/nir: one network as three NIR files that HDF5 and NIR allow, and what it answers.

    python3 nir_files.py        # h5py 3.16, numpy 2.4

plain.nir   contiguous float32 and int64, one element an axis
gzip.nir    as nir.write lays it down: compressed chunks, scalars without dimensions, padding by name, nested, one edge
            that names a node which does not exist, leading batch dimensions of 1
odd.nir     lzf, big-endian doubles, half precision, long integers, booleans (an HDF5 enum) and strings of fixed length

The network has neurons whose leak and reset are not 0 and a recurrent edge; answers.json holds what it gives under the
profiles norse and snntorch (docs/equations.md, D2 to D7), computed here with NumPy in double. Every membrane stays clear of
its threshold, so that no rounding decides a spike.
"""

import json
import pathlib

import h5py
import numpy as np

HERE = pathlib.Path(__file__).resolve().parents[2] / "host-tools/src/test/golden/nir"
STEPS = 8
MARGIN = 1e-3

rng = np.random.default_rng(169)


def eighths(*shape, reach=8):
    return rng.integers(-reach, reach + 1, shape) / 8


CONV, CONV_BIAS = eighths(3, 2, 3, 3), eighths(3)
LOOP, LOOP_BIAS = eighths(4, 4), eighths(4)
DENSE, DENSE_BIAS = eighths(4, 18), eighths(4)
LIF = {"tau": 4, "r": 2, "v_leak": 0.2578125, "v_threshold": 1, "v_reset": -0.5}
CUBA = {"tau_syn": 2, "tau_mem": 4, "r": 2, "v_leak": -0.109375, "v_threshold": 0.5, "v_reset": 0.25, "w_in": 0.75}
INPUT = rng.integers(0, 3, (STEPS, 2, 5, 6))


def convolved(x):
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    return np.einsum("oiyx,ihwyx->ohw", CONV, windows) + CONV_BIAS[:, None, None]


def fired(v, theta, reset):
    assert np.abs(v - theta).min() > MARGIN
    spikes = v > theta
    return spikes.astype(float), np.where(spikes, reset, v)


def answers(bias_at_start):
    """(steps, 4) spikes with dt = 1."""
    v = np.zeros((3, 5, 6))
    current, membrane, last = np.zeros(4), np.zeros(4), np.zeros(4)
    out = []
    for t in range(STEPS):
        v = v + (LIF["v_leak"] - v + LIF["r"] * convolved(INPUT[t])) / LIF["tau"]
        spikes, v = fired(v, LIF["v_threshold"], LIF["v_reset"])
        pooled = spikes[:, :4, :6].reshape(3, 2, 2, 3, 2).sum((2, 4))
        x = DENSE @ pooled.ravel() + DENSE_BIAS
        x = x + (LOOP @ last + LOOP_BIAS if t > 0 or bias_at_start else 0)
        current = current + (CUBA["w_in"] * x - current) / CUBA["tau_syn"]
        membrane = membrane + (CUBA["v_leak"] - membrane + CUBA["r"] * current) / CUBA["tau_mem"]
        last, membrane = fired(membrane, CUBA["v_threshold"], CUBA["v_reset"])
        out.append(last.astype(int).tolist())
    return out


def text(group, name, value, style):
    if style == "odd":
        group.create_dataset(name, data=np.bytes_(value))
    else:
        group.create_dataset(name, data=value, dtype=h5py.string_dtype())


def real(group, name, value, style):
    value = np.asarray(value)
    if style == "odd" and value.ndim > 0:
        group.create_dataset(name, data=value.astype(">f8"), compression="lzf")
    elif style == "odd":
        exact = np.bool_(True) if value == 1 else np.int64(value) if value == int(value) else np.float16(value)
        group.create_dataset(name, data=exact)
    elif style == "gzip" and value.ndim > 0:
        group.create_dataset(name, data=value.astype("f4"), compression="gzip")
    else:
        group.create_dataset(name, data=value.astype("f4"))


def node(nodes, name, kind, style, reals=None, wholes=None):
    group = nodes.create_group(name)
    text(group, "type", kind, style)
    for field, value in (reals or {}).items():
        real(group, field, value, style)
    for field, value in (wholes or {}).items():
        if isinstance(value, str):
            text(group, field, value, style)
        else:
            group.create_dataset(field, data=np.asarray(value, "i8"))


def graph(group, style, nodes, edges):
    text(group, "type", "NIRGraph", style)
    group.create_dataset("edges", data=np.array(edges, "S" if style == "odd" else object),
                         dtype=None if style == "odd" else h5py.string_dtype())
    inner = group.create_group("nodes")
    for args in nodes:
        node(inner, args[0], args[1], style, *args[2:])
    return inner


def spread(parameters, shape, style):
    """Plain files hold a value a neuron, the others one for all."""
    return {k: np.full(shape, v) if style == "plain" else np.float64(v) for k, v in parameters.items()}


def write(style):
    one = {"plain": lambda v: [v, v], "gzip": lambda v: v, "odd": lambda v: v}[style]
    batch = [1] if style == "gzip" else []
    cuba = spread(CUBA, (4,), style)
    if style == "gzip":
        dense = DENSE[None]
    else:
        dense = DENSE
    nodes = [
        ("input", "Input", None, {"shape": batch + [2, 5, 6]}),
        ("conv", "Conv2d", {"weight": CONV, "bias": CONV_BIAS},
         {"stride": one(1), "padding": "same" if style == "gzip" else one(1), "dilation": one(1), "groups": 1,
          "input_shape": [5, 6]}),
        ("lif", "LIF", spread(LIF, (3, 5, 6), style)),
        ("pool", "SumPool2d", None, {"kernel_size": one(2), "stride": one(2), "padding": one(0)}),
        ("flat", "Flatten", None, {"start_dim": 0, "end_dim": -1, "input_type": [3, 2, 3]}),
        ("dense", "Affine", {"weight": dense, "bias": DENSE_BIAS}),
        ("output", "Output", None, {"shape": batch + [4]}),
    ]
    edges = [("dense", "rec" if style == "gzip" else "cuba"), ("flat", "dense"), ("pool", "flat"), ("lif", "pool"),
             ("conv", "lif"), ("input", "conv"), ("rec" if style == "gzip" else "cuba", "output")]
    loop = ("loop", "Affine", {"weight": LOOP, "bias": LOOP_BIAS})
    with h5py.File(HERE / f"{style}.nir", "w") as file:
        text(file, "version", "1.0.7", style)
        top = file.create_group("node")
        if style == "gzip":
            inner = graph(top, style, nodes, edges).create_group("rec")
            doors = [("input", "Input", None, {"shape": [4]}), ("output", "Output", None, {"shape": [4]})]
            # The edges say cell, the node is called cuba.
            graph(inner, style, doors + [("cuba", "CubaLIF", cuba), loop],
                  [("input", "cell"), ("cell", "output"), ("cell", "loop"), ("loop", "cell")])
        else:
            graph(top, style, nodes + [("cuba", "CubaLIF", cuba), loop],
                  edges + [("cuba", "loop"), ("loop", "cuba")])


if __name__ == "__main__":
    HERE.mkdir(parents=True, exist_ok=True)
    for style in ("plain", "gzip", "odd"):
        write(style)
    given = {"input": INPUT.reshape(STEPS, -1).tolist(), "norse": answers(False), "snntorch": answers(True)}
    assert given["norse"] != given["snntorch"]
    assert all(0 < rate < 1 for rate in np.mean(given["norse"], axis=0)), "every neuron fires now and then"
    (HERE / "answers.json").write_text(json.dumps(given) + "\n")
