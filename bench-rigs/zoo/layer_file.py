"""Writes a layer file (docs/layer-file.md): NAME.json and NAME.safetensors beside it. Needs PyTorch and nothing else.

    layers = [
        {"name": "conv", "kind": "conv2d", "weight": model.conv.weight, "padding": 1},
        {"name": "norm", "kind": "norm", "gamma": per_step(gammas), "mean": per_step(means), "var": per_step(variances)},
        {"name": "lif", "kind": "neuron", "a0": 0.95, "a1": 0.95, "b1": -0.95, "threshold": 1.0},
    ]
    save("network.json", [1, 28, 28], layers)
"""

import json
import pathlib
import struct

import torch


def per_step(tensor):
    """A parameter with a row for each time step, its first dimension."""
    return {"per_step": tensor}


def save(path, input_shape, layers, output=None):
    """Writes both files; a tensor may stand for any parameter, and is stored under the name LAYER.FIELD, or
    LAYER.FIELD.PART where the field has parts."""
    tensors = {}

    def stored(value, name):
        if isinstance(value, torch.Tensor):
            tensors[name] = value.detach().cpu().float()
            return name
        if isinstance(value, dict):
            is_table = list(value) == ["per_step"]
            return {key: stored(item, name if is_table else f"{name}.{key}") for key, item in value.items()}
        return value

    listed = [{field: stored(value, f"{layer['name']}.{field}") for field, value in layer.items()} for layer in layers]
    header, data = {}, b""
    for name, tensor in tensors.items():
        raw = struct.pack(f"<{tensor.numel()}f", *tensor.flatten().tolist())
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path = pathlib.Path(path)
    path.with_suffix(".safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
    model = {"format": "spikelet-layers", "version": 1, "tensors": path.with_suffix(".safetensors").name}
    model.update(input=list(input_shape), layers=listed, output=output or listed[-1]["name"])
    path.write_text(json.dumps(model, indent=1) + "\n")
