"""Trains the conventional twin of the one-step Fashion-MNIST network, for `spikelet bench peers --model --ann`, and two
that are made to be converted to spikes.

    python3 fashion_ann.py --data FOLDER                              # the same widths as fashion_onestep.py
    python3 fashion_ann.py --data FOLDER --channels 16,32,32,64,64 --name fashion-ann-half
    python3 fashion_ann.py --data FOLDER --start states/fashion-ann.pt --activation clip --name fashion-clip --epochs 4
    python3 fashion_ann.py --data FOLDER --start states/fashion-ann.pt --activation first-spike --name fashion-ttfs --epochs 4

The layers are those of OneStep: conv 3x3, batch norm, ReLU, a maximum over 2x2 where OneStep pools, affine readout. Same
data, augmentation and schedule; no dropout, and nothing that only spikes need. Writes NAME.onnx, float, batch norm
folded, of one image of (pixel / 255) at a time, and NAME.txt with what was trained and its test accuracy.

Activations: `relu`; `clip`, a ceiling trained for each layer (TCL, Ho and Chang, DAC 2021, arXiv 2008.04509), written as
Clip; `first-spike`, what one spike in a window of 24 steps can say, 2^(-ceil(-4 log2 a) / 4) up to 1 (CAT, Lew et al., DAC
2022, arXiv 2208.04494), with weights +-s 2^(-q/2), q = 0..14, or 0, s a factor of each filter; written as Clip at 1.
"""

import argparse
import json
import pathlib

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional as F

from fashion import CHANNELS, CLASSES, POOLED, accuracy, fit, folded, load

HERE = pathlib.Path(__file__).parent
EXTENT = 28
OPSET, IR_VERSION = 17, 8
CEILING_DECAY = 1e-3


WINDOW, TAU = 24, 4
LEAST = 2 ** (-(WINDOW - 1) / TAU)  # the latest spike; what is smaller gives none


def first_spike(a):
    """What a spike at ceil(-TAU log2 a) stands for; straight through between the latest spike and 1."""
    exponent = torch.ceil(-TAU * torch.log2(a.clamp(LEAST / 2, 1)) - 1e-4)
    said = torch.where(exponent < WINDOW, torch.exp2(-exponent / TAU), torch.zeros(()))
    clipped = a.clamp(0, 1)
    return said.detach() - clipped.detach() + clipped


def logarithmic(weight):
    """+-s 2^(-q/2), q = 0..14, or 0, s the largest of each row; straight through."""
    size = weight.detach().abs()
    scale = size.amax(tuple(range(1, weight.dim())), keepdim=True).clamp_min(1e-12)
    q = torch.round(-2 * torch.log2((size / scale).clamp_min(2.0 ** -16)))
    said = torch.where(q <= 14, scale * torch.exp2(-q / 2) * torch.sign(weight.detach()), torch.zeros(()))
    return said - weight.detach() + weight


class Stage(torch.nn.Module):
    def __init__(self, inputs, outputs, pooled, activation="relu"):
        super().__init__()
        self.conv = torch.nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.norm = torch.nn.BatchNorm2d(outputs)
        self.pooled, self.activation = pooled, activation
        if activation == "clip":
            self.ceiling = torch.nn.Parameter(torch.tensor(4.0))

    def forward(self, x):
        y = self.norm(F.conv2d(x, self.weight(), padding=1))
        if self.activation == "clip":
            y = self.ceiling - F.relu(self.ceiling - F.relu(y))
        else:
            y = first_spike(y) if self.activation == "first-spike" else F.relu(y)
        return F.max_pool2d(y, 2) if self.pooled else y

    def weight(self):
        return logarithmic(self.conv.weight) if self.activation == "first-spike" else self.conv.weight

    def folded(self):
        """Weight and bias of the convolution with the batch norm in it, computed in double."""
        factor, offset = folded(self.norm)
        return (self.weight().double() * factor[:, None, None, None]).float(), offset.float()


class Ann(torch.nn.Module):
    def __init__(self, channels=CHANNELS, activation="relu"):
        super().__init__()
        widths, self.activation = (1, *channels), activation
        self.stages = torch.nn.ModuleList(
            Stage(widths[k], widths[k + 1], POOLED[k], activation) for k in range(len(channels)))
        side = EXTENT >> sum(POOLED[:len(channels)])
        self.readout = torch.nn.Linear(channels[-1] * side * side, CLASSES)

    def forward(self, x):
        if self.activation == "first-spike":
            x = first_spike(x)
        for stage in self.stages:
            x = stage(x)
        return F.linear(x.flatten(1), self.readout_weight(), self.readout.bias)

    def readout_weight(self):
        return logarithmic(self.readout.weight) if self.activation == "first-spike" else self.readout.weight

    def loss_terms(self):
        """What pulls trained ceilings down: the lower they are, the finer a number of spikes divides them."""
        return CEILING_DECAY * sum(stage.ceiling ** 2 for stage in self.stages)


@torch.no_grad()
def export(model, path):
    nodes, constants = [], []

    def constant(name, tensor):
        constants.append(numpy_helper.from_array(np.ascontiguousarray(tensor.detach().numpy()), name))
        return name

    def node(kind, inputs, output, **attributes):
        nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    now = "image"
    for k, stage in enumerate(model.stages, 1):
        weight, bias = stage.folded()
        inputs = [now, constant(f"conv{k}.weight", weight), constant(f"conv{k}.bias", bias)]
        now = node("Conv", inputs, f"conv{k}", kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[1, 1])
        if model.activation == "relu":
            now = node("Relu", [now], f"relu{k}")
        else:
            ceiling = stage.ceiling if model.activation == "clip" else torch.ones(())
            now = node("Clip", [now, constant(f"floor{k}", torch.zeros(())), constant(f"ceiling{k}", ceiling)], f"clip{k}")
        if stage.pooled:
            now = node("MaxPool", [now], f"pool{k}", kernel_shape=[2, 2], strides=[2, 2])
    now = node("Flatten", [now], "flatten", axis=1)
    readout = [constant("readout.weight", model.readout_weight()), constant("readout.bias", model.readout.bias)]
    node("Gemm", [now, *readout], "logits", transB=1)
    graph = helper.make_graph(
        nodes, path.stem,
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, EXTENT, EXTENT])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, CLASSES])], constants)
    written = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION,
                                producer_name="fashion_ann.py")
    onnx.checker.check_model(written, full_check=True)
    path.write_bytes(written.SerializeToString())


def widths(text):
    channels = tuple(int(part) for part in text.split(","))
    if not 1 <= len(channels) <= len(POOLED) or min(channels) < 1:
        raise argparse.ArgumentTypeError(f"1 to {len(POOLED)} widths with commas between, not {text}")
    return channels


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, help="the folder of the four IDX files")
    options.add_argument("--work", help="where checkpoints and the results go; default work/NAME")
    options.add_argument("--name", default="fashion-ann")
    options.add_argument("--channels", type=widths, default=CHANNELS, help="filters of each convolution")
    options.add_argument("--epochs", type=int, default=32)
    options.add_argument("--rate", type=float, default=2e-3, help="the highest learning rate of the cycle")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--activation", choices=("relu", "clip", "first-spike"), default="relu")
    options.add_argument("--start", help="a state dict to begin from; trained ceilings may be missing in it")
    options.add_argument("--limit", type=int, help="only the first images of both parts, to try the script out")
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(7)
    work = pathlib.Path(given.work or HERE / "work" / given.name)
    model = Ann(given.channels, given.activation).to(memory_format=torch.channels_last)
    if given.start:
        missing = model.load_state_dict(torch.load(given.start, weights_only=True), strict=False)
        if missing.unexpected_keys or any("ceiling" not in key for key in missing.missing_keys):
            raise SystemExit(f"{given.start} is no state of this network: {missing}")
    curve = fit(model, given.data, work, epochs=given.epochs, rate=given.rate, limit=given.limit,
                loss_terms=model.loss_terms if given.activation == "clip" else None, compiled=given.limit is None)
    model.eval()
    x, y = load(given.data, "t10k", given.limit)
    reached = accuracy(model, x, y)
    torch.save(model.state_dict(), work / "model.pt")
    (work / "curve.json").write_text(json.dumps(curve))
    export(model, work / f"{given.name}.onnx")
    (work / f"{given.name}.txt").write_text(
        f"{given.name}: conv 3x3 {', '.join(map(str, given.channels))}, {given.activation}, affine readout; float32, batch norm folded.\n"
        f"{given.epochs} epochs of {given.limit or 'all'} images; PyTorch {torch.__version__}, seed 7.\n"
        f"Test accuracy {reached:.4f} on {len(y)} images.\n")
    print(given.name, reached)


if __name__ == "__main__":
    main()
