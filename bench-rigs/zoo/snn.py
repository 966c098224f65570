"""A leaky integrate-and-fire layer for training, and the NIR writer: what the zoo's scripts share.

Discretisation (profile `snntorch`): v <- beta * v + x, a spike when v > 1 (strictly), v <- 0 in the same step.
In NIR's continuous terms: tau = dt / (1 - beta), r = tau / dt, v_leak = 0, so that v + dt/tau * (v_leak - v + r*x) is the
same update. dt = 1e-4 s, the value that snnTorch's exporter writes.
"""

import h5py
import numpy as np
import torch

BETA = 0.5
THRESHOLD = 1.0
DT = 1e-4


class Spike(torch.autograd.Function):
    """The step function, with OTTT's sigmoid-derivative surrogate psi(x) = 4 s(4x) (1 - s(4x)) going back."""

    @staticmethod
    def forward(context, distance):
        context.save_for_backward(distance)
        return (distance > 0).to(distance.dtype)

    @staticmethod
    def backward(context, gradient):
        (distance,) = context.saved_tensors
        s = torch.sigmoid(4 * distance)
        return gradient * 4 * s * (1 - s)


class Lif(torch.nn.Module):
    """Keeps the membrane `v` after its reset and, for learning rules, `u` before it."""

    def reset(self):
        self.v = None

    def forward(self, current):
        self.u = current if self.v is None else BETA * self.v + current
        spikes = Spike.apply(self.u - THRESHOLD)
        self.v = self.u * (1 - spikes.detach())
        return spikes


class NirFile:
    """Writes one NIR graph, node by node, in the layout of the nir package 1.0."""

    def __init__(self, path):
        self.file = h5py.File(path, "w")
        self.text = h5py.string_dtype()
        self.file.create_dataset("version", data="1.0.6", dtype=self.text)
        self.graph = self.file.create_group("node")
        self.graph.create_dataset("type", data="NIRGraph", dtype=self.text)
        self.nodes = self.graph.create_group("nodes")
        self.edges = []
        self.last = None

    def add(self, name, kind, **parameters):
        node = self.nodes.create_group(name)
        node.create_dataset("type", data=kind, dtype=self.text)
        for key, value in parameters.items():
            array = value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
            packed = {"compression": "gzip", "compression_opts": 9} if array.size > 64 else {}
            node.create_dataset(key, data=array, **packed)
        if self.last:
            self.edges.append((self.last, name))
        self.last = name

    def add_lif(self, name, shape):
        tau = DT / (1 - BETA)
        fill = lambda value: np.full(shape, value, np.float32)
        self.add(name, "LIF", tau=fill(tau), r=fill(tau / DT), v_leak=fill(0), v_threshold=fill(THRESHOLD), v_reset=fill(0))

    def add_conv(self, name, conv, input_shape):
        self.add(name, "Conv2d", weight=conv.weight, bias=conv.bias, stride=np.array(conv.stride),
                 padding=np.array(conv.padding), dilation=np.array(conv.dilation), groups=conv.groups,
                 input_shape=np.array(input_shape))

    def edge(self, source, target):
        """One more edge; several into one node add up."""
        self.edges.append((source, target))

    def close(self):
        edges = np.array(self.edges, dtype=object)
        self.graph.create_dataset("edges", data=edges, dtype=self.text)
        self.file.close()
