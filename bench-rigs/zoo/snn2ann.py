"""Trains a spiking network of four steps and a conventional one that share their weights (SNN2ANN, Tang et al., arXiv
2206.09449), and a conventional twin alone, on Fashion-MNIST or, without --data, on the optical digits.

    python3 snn2ann.py --data FOLDER   # work/snn2ann/snn2ann.json, a layer file, and twin.onnx
    spikelet quantise work/snn2ann/snn2ann.json --data FOLDER --split train:0-500 --steps 4 -o snn2ann.img
    spikelet evaluate snn2ann.img --data FOLDER
    spikelet convert work/snn2ann/twin.onnx --data FOLDER --split train:0-500 --steps 4 -o twin.img
    spikelet evaluate twin.img --data FOLDER

The spiking branch runs first, without gradient: integrate and fire, strictly above, reset to 0, one threshold a neuron. Then
the conventional branch runs and every activation is overwritten by the neuron's number of spikes where it is above 0 (the
paper's ReSU), which passes the gradient straight on, so that plain backpropagation trains the spiking branch. Thresholds begin
evenly in 0..1 and are not trained: where in a batch more than a tenth of a layer's neurons fire though their activation is 0,
all its thresholds rise by 0.01, and never fall (adaptive threshold adjustment).

A layer's bias is divided by T, since each step adds it. The image is too, in the first convolution's weights, so that T steps
add up to what the conventional branch sees; the paper's code presents it undivided. Batch norm is folded.
"""

import argparse
import json
import pathlib

import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional as F

import digits_conv
import fashion
from layer_file import save

HERE = pathlib.Path(__file__).parent
STEPS, CLASSES = 4, 10
WIDTHS = (1, 16, 32, 32)
NOISY, RAISE = 0.1, 0.01


class Digits:
    extent, kernels, strides = 8, (3, 3, 3), (1, 2, 1)

    def __init__(self):
        (self.x, self.y), (self.test_x, self.test_y) = digits_conv.load("train"), digits_conv.load("test")

    def images(self, part, generator):
        return digits_conv.augmented(self.x[part], generator)


class Fashion:
    extent, kernels, strides = 28, (5, 3, 3), (2, 2, 2)

    def __init__(self, folder, limit):
        self.x, self.y = fashion.load(folder, "train", limit)
        x, self.test_y = fashion.load(folder, "t10k")
        self.test_x = fashion.as_current(x)

    def images(self, part, generator):
        return fashion.as_current(self.x[part])


class Counted(torch.autograd.Function):
    """The spikes of neurons whose activation is above 0; the gradient goes straight to the activation."""

    @staticmethod
    def forward(context, activation, counts):
        return counts * (activation > 0)

    @staticmethod
    def backward(context, slope):
        return slope, None


class Network(torch.nn.Module):
    def __init__(self, task, generator):
        super().__init__()
        self.convs = torch.nn.ModuleList(
            torch.nn.Conv2d(a, b, k, stride=s, padding=k // 2, bias=False)
            for a, b, k, s in zip(WIDTHS, WIDTHS[1:], task.kernels, task.strides))
        self.norms = torch.nn.ModuleList(torch.nn.BatchNorm2d(b) for b in WIDTHS[1:])
        side, self.thresholds = task.extent, []
        for width, stride in zip(WIDTHS[1:], task.strides):
            side = (side + stride - 1) // stride
            self.thresholds.append(torch.rand(width, side, side, generator=generator).clamp_min(1e-3))
        self.readout = torch.nn.Linear(WIDTHS[-1] * side * side, CLASSES)

    def weights(self):
        """Weight and bias of each convolution, batch norm in it."""
        for conv, norm in zip(self.convs, self.norms):
            factor, offset = fashion.folded(norm)
            yield (conv.weight.double() * factor[:, None, None, None]).float(), offset.float()

    @torch.no_grad()
    def counts(self, x):
        """Spikes of every neuron over the steps, layer by layer."""
        weights = [(w / STEPS if k == 0 else w, b / STEPS) for k, (w, b) in enumerate(self.weights())]
        counts = [0] * len(weights)
        membranes = [0] * len(weights)
        steady = self.convolved(0, x, *weights[0])  # the image is the same at every step
        for _ in range(STEPS):
            for k, parts in enumerate(weights):
                membrane = membranes[k] + (steady if k == 0 else self.convolved(k, spikes, *parts))
                spikes = (membrane > self.thresholds[k]).float()
                membranes[k] = membrane * (1 - spikes)
                counts[k] = counts[k] + spikes
        return counts

    def convolved(self, k, x, weight, bias):
        return F.conv2d(x, weight, bias, self.convs[k].stride, self.convs[k].padding)

    def forward(self, x, counts=None, noisy=None):
        """The conventional branch; with counts these overwrite what it gives, and noisy takes each layer's share."""
        for k, (conv, norm) in enumerate(zip(self.convs, self.norms)):
            x = F.relu(norm(conv(x)))
            if counts is not None:
                noisy.append(float(((x == 0) & (counts[k] > 0)).float().mean()))
                x = Counted.apply(x, counts[k])
        return self.readout(x.flatten(1) / STEPS if counts is not None else x.flatten(1))

    def spiking(self, x):
        return self.readout(self.counts(x)[-1].flatten(1) / STEPS)


def train(task, options, shared):
    torch.manual_seed(options.seed)
    generator = torch.Generator().manual_seed(options.seed)
    y = task.y
    model = Network(task, generator)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=1e-3)
    batches = len(y) // options.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, total_steps=options.epochs * batches)
    for epoch in range(options.epochs):
        model.train()
        total, shares = 0.0, []
        for part in torch.randperm(len(y), generator=generator)[:batches * options.batch].split(options.batch):
            image = task.images(part, generator)
            if shared:
                noisy = []
                logits = model(image, model.counts(image), noisy)
                for k, share in enumerate(noisy):
                    if share > NOISY:
                        model.thresholds[k] += RAISE
                shares.append(noisy)
            else:
                logits = model(image)
            loss = F.cross_entropy(logits, y[part])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        said = [round(float(share), 4) for share in torch.tensor(shares).mean(0)] if shared else ""
        print(f"epoch {epoch + 1} of {options.epochs}, loss {total / batches:.4f}, noisy {said}", flush=True)
    return model.eval()


def accuracy(answer, x, y):
    with torch.no_grad():
        return sum(int((answer(a).argmax(1) == b).sum()) for a, b in zip(x.split(500), y.split(500))) / len(y)


def write_layers(task, model, path):
    layers = []
    for k, (weight, bias) in enumerate(model.weights()):
        layers.append({"name": f"conv{k + 1}", "kind": "conv2d", "weight": weight / STEPS if k == 0 else weight,
                       "bias": bias / STEPS, "stride": model.convs[k].stride[0], "padding": model.convs[k].padding[0]})
        layers.append({"name": f"if{k + 1}", "kind": "neuron", "a0": 1, "a1": 0, "threshold": model.thresholds[k]})
    layers.append({"name": "flat", "kind": "flatten"})
    layers.append({"name": "readout", "kind": "affine", "weight": model.readout.weight / STEPS,
                   "bias": model.readout.bias / STEPS})
    save(path, [1, task.extent, task.extent], layers)


def write_onnx(task, model, path):
    nodes, constants, last = [], [], "input"
    for k, (weight, bias) in enumerate(model.weights()):
        constants += [numpy_helper.from_array(weight.detach().numpy(), f"w{k}"),
                      numpy_helper.from_array(bias.detach().numpy(), f"b{k}")]
        nodes.append(helper.make_node("Conv", [last, f"w{k}", f"b{k}"], [f"c{k}"], f"conv{k + 1}",
                                      kernel_shape=model.convs[k].kernel_size, pads=model.convs[k].padding * 2,
                                      strides=model.convs[k].stride))
        nodes.append(helper.make_node("Relu", [f"c{k}"], [f"r{k}"], f"relu{k + 1}"))
        last = f"r{k}"
    nodes.append(helper.make_node("Flatten", [last], ["flat"], "flat"))
    constants += [numpy_helper.from_array(model.readout.weight.detach().numpy(), "w"),
                  numpy_helper.from_array(model.readout.bias.detach().numpy(), "b")]
    nodes.append(helper.make_node("Gemm", ["flat", "w", "b"], ["output"], "readout", transB=1))
    graph = helper.make_graph(
        nodes, "twin", [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 1, task.extent, task.extent])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, CLASSES])], constants)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="the folder of the four IDX files of Fashion-MNIST")
    parser.add_argument("--limit", type=int, help="only the first training images of Fashion-MNIST")
    parser.add_argument("--epochs", type=int, default=6, help="40 on the digits")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work" / "snn2ann")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    task = Fashion(options.data, options.limit) if options.data else Digits()
    x, y = task.test_x, task.test_y
    model = train(task, options, shared=True)
    write_layers(task, model, options.work / "snn2ann.json")
    figures = {"spiking branch": accuracy(model.spiking, x, y), "its weights with plain ReLUs": accuracy(model, x, y)}
    twin = train(task, options, shared=False)
    write_onnx(task, twin, options.work / "twin.onnx")
    figures["twin"] = accuracy(twin, x, y)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
