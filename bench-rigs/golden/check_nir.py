"""Checks NIR files that `spikelet export` wrote, with h5py and the rules of the reference package, none of our code.

    spikelet export MODEL.nir -o OUT.nir
    python3 check_nir.py OUT.nir [MODEL.nir]        # h5py 3.16, numpy 2.4; nir 1.0.7 where it is installed

Holds OUT to what `nir` asks of a file: the layout, float32 and int64, parameters of a neuron all of one shape, and the
type of what leaves a node equal to that of what enters the next (over every edge whose ends have types). With MODEL, every
field of it must be in OUT with the same values, spread over the neurons. Where the package itself is installed, it reads
OUT too.
"""

import sys

import h5py
import numpy as np

NEURONS = {"I", "IF", "LI", "LIF", "CubaLI", "CubaLIF", "Threshold", "Scale", "Delay"}
WHOLE = {"shape", "stride", "padding", "dilation", "groups", "input_shape", "kernel_size", "start_dim", "end_dim",
         "input_type"}


def text(value):
    return value.decode("utf8") if isinstance(value, bytes) else value


def nodes_of(graph, prefix=""):
    """Every node of a graph, nested ones by dotted names, as a dictionary of fields."""
    found = {}
    for name, node in graph["nodes"].items():
        fields = {field: text(node[field][()]) for field in node if isinstance(node[field], h5py.Dataset)}
        if fields["type"] == "NIRGraph":
            inner = nodes_of(node, prefix + name + ".")
            found |= {k: v for k, v in inner.items() if v["type"] not in ("Input", "Output")}
        else:
            found[prefix + name] = fields
    return found


def windows(extents, kernel, stride, padding, dilation):
    return [(n + 2 * p - d * (k - 1) - 1) // s + 1
            for n, k, s, p, d in zip(extents, kernel, stride, padding, dilation)]


def types(node):
    """What enters and what leaves a node, as the reference package finds it; None where the node does not say."""
    kind = node["type"]
    if kind in ("Input", "Output"):
        return list(node["shape"]), list(node["shape"])
    if kind in ("Affine", "Linear"):
        return [node["weight"].shape[1]], [node["weight"].shape[0]]
    if kind in ("Conv1d", "Conv2d"):
        rank = node["weight"].ndim - 2
        pairs = [np.broadcast_to(node[f], rank) for f in ("stride", "padding", "dilation")]
        space = list(np.broadcast_to(node["input_shape"], rank))
        return ([node["weight"].shape[1] * int(node["groups"]), *space],
                [node["weight"].shape[0], *windows(space, node["weight"].shape[2:], *pairs)])
    if kind == "Flatten":
        shape = list(node["input_type"])
        start, end = int(node["start_dim"]), int(node["end_dim"]) % len(shape)
        return shape, [*shape[:start], int(np.prod(shape[start:end + 1])), *shape[end + 1:]]
    if kind in NEURONS:
        shapes = {field: value.shape for field, value in node.items() if field != "type"}
        assert len(set(shapes.values())) == 1, f"parameters of several shapes: {shapes}"
        shape = list(next(iter(shapes.values())))
        return shape, shape
    assert kind in ("SumPool2d", "AvgPool2d"), f"no such node in NIR: {kind}"
    return None, None


def check(path):
    with h5py.File(path) as file:
        assert text(file["version"][()]).count(".") == 2
        graph = file["node"]
        assert text(graph["type"][()]) == "NIRGraph"
        nodes = nodes_of(graph)
        edges = [(text(a), text(b)) for a, b in graph["edges"][()]]
        for name in graph["nodes"]:
            for field, data in graph["nodes"][name].items():
                wanted = np.int64 if field in WHOLE else None if field == "type" else np.float32
                assert wanted is None or data.dtype == wanted, f"{name}.{field} is {data.dtype}"
    checked = 0
    for source, target in edges:
        left, entered = types(nodes[source])[1], types(nodes[target])[0]
        if left is not None and entered is not None:
            assert left == entered, f"{source} gives {left}, {target} takes {entered}"
            checked += 1
    return nodes, edges, checked


def compare(nodes, original):
    with h5py.File(original) as file:
        wanted = nodes_of(file["node"])
    fields = 0
    for name, node in wanted.items():
        for field, value in node.items():
            found = nodes[name].get(field)
            if field == "type":
                assert found == value, f"{name} is a {found}, was a {value}"
            elif field in ("shape", "input_type"):  # a batch of one may go away
                assert [n for n in np.atleast_1d(found) if n != 1] == [n for n in np.atleast_1d(value) if n != 1]
            elif field == "padding" and isinstance(value, str) or field in ("start_dim", "end_dim"):
                pass  # said in numbers, or by another name of the same dimension: the edges' types hold it
            elif value.size:
                value = np.asarray(value, found.dtype)
                if value.ndim > found.ndim:  # a batch of one matrix
                    value = value.reshape(value.shape[-found.ndim:])
                assert np.array_equal(np.broadcast_to(value, found.shape), found), f"{name}.{field} differs"
            fields += 1
    return fields


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    exported, edges, checked = check(sys.argv[1])
    said = f"{sys.argv[1]}: {len(exported)} nodes, {len(edges)} edges, {checked} of them typed"
    if len(sys.argv) == 3:
        said += f"; {compare(exported, sys.argv[2])} fields as in {sys.argv[2]}"
    try:
        import nir
    except ImportError:
        said += "; the package nir is not installed"
    else:
        graph = nir.read(sys.argv[1], type_check=False)
        assert set(graph.nodes) == set(exported) and len(graph.edges) == len(edges)
        said += "; the package nir reads it"
    print(said)
