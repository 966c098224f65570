"""Trains the conventional twin of the one-step Fashion-MNIST network, for `spikelet bench peers --model --ann`.

    python3 fashion_ann.py --data FOLDER                              # the same widths as fashion_onestep.py
    python3 fashion_ann.py --data FOLDER --channels 16,32,32,64,64 --name fashion-ann-half

The layers are those of OneStep: conv 3x3, batch norm, ReLU, a maximum over 2x2 where OneStep pools, affine readout. Same
data, augmentation and schedule; no dropout, and nothing that only spikes need. Writes NAME.onnx, float, batch norm
folded, of one image of (pixel / 255) at a time, and NAME.txt with what was trained and its test accuracy.
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


class Stage(torch.nn.Module):
    def __init__(self, inputs, outputs, pooled):
        super().__init__()
        self.conv = torch.nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.norm = torch.nn.BatchNorm2d(outputs)
        self.pooled = pooled

    def forward(self, x):
        y = F.relu(self.norm(self.conv(x)))
        return F.max_pool2d(y, 2) if self.pooled else y

    def folded(self):
        """Weight and bias of the convolution with the batch norm in it, computed in double."""
        factor, offset = folded(self.norm)
        return (self.conv.weight.double() * factor[:, None, None, None]).float(), offset.float()


class Ann(torch.nn.Module):
    def __init__(self, channels=CHANNELS):
        super().__init__()
        widths = (1, *channels)
        self.stages = torch.nn.ModuleList(Stage(widths[k], widths[k + 1], POOLED[k]) for k in range(len(channels)))
        side = EXTENT >> sum(POOLED[:len(channels)])
        self.readout = torch.nn.Linear(channels[-1] * side * side, CLASSES)

    def forward(self, x):
        for stage in self.stages:
            x = stage(x)
        return self.readout(x.flatten(1))


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
        now = node("Relu", [now], f"relu{k}")
        if stage.pooled:
            now = node("MaxPool", [now], f"pool{k}", kernel_shape=[2, 2], strides=[2, 2])
    now = node("Flatten", [now], "flatten", axis=1)
    readout = [constant("readout.weight", model.readout.weight), constant("readout.bias", model.readout.bias)]
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
    options.add_argument("--start", help="a state dict to begin from")
    options.add_argument("--limit", type=int, help="only the first images of both parts, to try the script out")
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(7)
    work = pathlib.Path(given.work or HERE / "work" / given.name)
    model = Ann(given.channels).to(memory_format=torch.channels_last)
    if given.start:
        model.load_state_dict(torch.load(given.start, weights_only=True))
    curve = fit(model, given.data, work, epochs=given.epochs, rate=given.rate, limit=given.limit,
                compiled=given.limit is None)
    model.eval()
    x, y = load(given.data, "t10k", given.limit)
    reached = accuracy(model, x, y)
    torch.save(model.state_dict(), work / "model.pt")
    (work / "curve.json").write_text(json.dumps(curve))
    export(model, work / f"{given.name}.onnx")
    (work / f"{given.name}.txt").write_text(
        f"{given.name}: conv 3x3 {', '.join(map(str, given.channels))}, ReLU, affine readout; float32, batch norm folded.\n"
        f"{given.epochs} epochs of {given.limit or 'all'} images; PyTorch {torch.__version__}, seed 7.\n"
        f"Test accuracy {reached:.4f} on {len(y)} images.\n")
    print(given.name, reached)


if __name__ == "__main__":
    main()
