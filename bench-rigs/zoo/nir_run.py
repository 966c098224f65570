"""Runs a NIR file in PyTorch, node by node: what an exporter holds its file against. Knows only the zoo's nodes.

A step's value of a node is computed once its sources are; several edges into one node add up. IF follows Spikelet's
profile `subtract`: v <- v + x; a spike where v > v_threshold; v <- v - v_threshold. LIF follows profile `snntorch` at
dt = 1e-4 s: v <- v + dt / tau * (v_leak - v + r * x); a spike where v > v_threshold; v <- v_reset.
"""

import h5py
import numpy as np
import torch
from torch.nn import functional as F

from snn import DT


class NirRun:
    def __init__(self, path):
        with h5py.File(path) as file:
            self.nodes = {name: {key: value[()] for key, value in node.items()}
                          for name, node in file["node/nodes"].items()}
            edges = [(a.decode(), b.decode()) for a, b in file["node/edges"][()]]
        self.sources = {name: [a for a, b in edges if b == name] for name in self.nodes}
        self.order = []
        while len(self.order) < len(self.nodes):
            self.order += [name for name in self.nodes if name not in self.order
                           and all(source in self.order for source in self.sources[name])]
        self.kind = {name: node["type"].decode() for name, node in self.nodes.items()}
        self.reset()

    def reset(self):
        self.membrane = {}

    def step(self, x):
        """x: (n, channels, height, width). Gives the values of every node by name."""
        values = {}
        for name in self.order:
            arriving = x if self.kind[name] == "Input" else sum(values[source] for source in self.sources[name])
            values[name] = self.node(name, arriving)
        return values

    def node(self, name, x):
        fields = {key: torch.from_numpy(np.asarray(value)) for key, value in self.nodes[name].items() if key != "type"}
        pair = lambda key: tuple(int(v) for v in fields[key])
        kind = self.kind[name]
        if kind in ("Input", "Output"):
            return x
        if kind == "Conv2d":
            return F.conv2d(x, fields["weight"], fields["bias"], pair("stride"), pair("padding"))
        if kind == "Affine":
            return F.linear(x, fields["weight"], fields["bias"])
        if kind == "SumPool2d":
            return F.avg_pool2d(x, pair("kernel_size"), pair("stride"), pair("padding"), divisor_override=1)
        if kind == "Flatten":
            return x.flatten(1)
        if kind == "Threshold":
            return (x > fields["threshold"]).to(x.dtype)
        if kind == "IF":
            v = self.membrane.get(name, 0) + x
            spikes = (v > fields["v_threshold"]).to(x.dtype)
            self.membrane[name] = v - fields["v_threshold"] * spikes
            return spikes
        if kind == "LIF":
            v = self.membrane.get(name, torch.zeros(()))
            v = v + DT / fields["tau"] * (fields["v_leak"] - v + fields["r"] * x)
            spikes = (v > fields["v_threshold"]).to(x.dtype)
            self.membrane[name] = torch.where(spikes > 0, fields["v_reset"], v)
            return spikes
        raise SystemExit(f"{name}: {kind} is not among the zoo's nodes")
