"""Makes host-tools/src/test/golden/onnx: small float ONNX files, and what onnxruntime computes with them.

    python3 onnx_models.py        # torch 2.13, onnx 1.23, onnxruntime 1.30

Files torch-*.onnx are written by torch's own exporter, tf-*.onnx node for node as tf2onnx writes a Keras network that
has its channels last, all others by onnx.helper. outputs.json holds for each file random inputs, channels first as the
graph takes them, and onnxruntime's outputs, taken before a softmax where there is one.
"""

import json
import pathlib

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "host-tools/src/test/golden/onnx"
SAMPLES = 2
random = np.random.default_rng(5)
made = []


def normal(*shape):
    return random.standard_normal(shape).astype(np.float32)


def record(name, model, scores=None, channels_last=False):
    """Writes a model, and its outputs at the tensor `scores`: by default the file's own, or what a softmax there reads."""
    onnx.checker.check_model(model, full_check=True)
    data = model.SerializeToString()
    (FOLDER / f"{name}.onnx").write_bytes(data)
    last = model.graph.node[-1]
    scores = scores or (last.input[0] if last.op_type == "Softmax" else None)
    if scores:
        model = onnx.load_from_string(data)
        model.graph.output.append(helper.make_tensor_value_info(scores, TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    given = session.get_inputs()[0]
    shape = [extent if isinstance(extent, int) else 1 for extent in given.shape]
    samples = []
    for _ in range(SAMPLES):
        x = random.uniform(0, 1, shape).astype(np.float32)
        y = session.run([scores or session.get_outputs()[0].name], {given.name: x})[0]
        first = np.moveaxis(x, -1, 1) if channels_last else x
        samples.append({"input": rounded(first), "output": rounded(y)})
    made.append({"name": name, "samples": samples})
    print(f"{name}: {len(data)} bytes, {[node.op_type for node in model.graph.node]}")


def rounded(values):
    return [float(f"{value:.9g}") for value in np.asarray(values).ravel().tolist()]


class Model:
    """Nodes and constants as they come."""

    def __init__(self, shape, output=("batch", 3), opset=17):
        self.shape, self.output, self.opset = shape, output, opset
        self.nodes, self.constants = [], []
        self.now = "input"

    def constant(self, values, name=None):
        name = name or f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def then(self, kind, *constants, first=None, **attributes):
        inputs = [first or self.now, *(c if isinstance(c, str) else self.constant(c) for c in constants)]
        self.now = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [self.now], name=self.now, **attributes))
        return self.now

    def built(self):
        graph = helper.make_graph(
            self.nodes, "made", [helper.make_tensor_value_info("input", TensorProto.FLOAT, self.shape)],
            [helper.make_tensor_value_info(self.now, TensorProto.FLOAT, self.output)], self.constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)], ir_version=8,
                                 producer_name="onnx_models.py")


def exported(model, shape, opset, fold=False, dynamic=False):
    model.eval()
    for norm in model.modules():
        if isinstance(norm, (nn.BatchNorm1d, nn.BatchNorm2d)):
            norm.running_mean.normal_()
            norm.running_var.uniform_(0.5, 2)
            nn.init.normal_(norm.weight)
            if isinstance(model, (NormsBehind, NormsBeforePadding)):
                norm.weight.data.abs_()
            nn.init.normal_(norm.bias)
    path = FOLDER / "exported.onnx"
    kept = torch.onnx.TrainingMode.EVAL if fold else torch.onnx.TrainingMode.PRESERVE
    torch.onnx.export(model, (torch.rand(1, *shape),), path, dynamo=False, opset_version=opset, training=kept,
                      do_constant_folding=fold, input_names=["input"], output_names=["output"],
                      dynamic_axes={"input": {0: "batch"}} if dynamic else None)
    written = onnx.load(path)
    path.unlink()
    return written


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(2, 4, 3, padding=1, stride=2), nn.BatchNorm2d(4), nn.ReLU6(), nn.MaxPool2d(2),
            nn.Conv2d(4, 4, (3, 2), dilation=(1, 2), padding=(1, 1)), nn.ReLU(),
            nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False))
        self.head = nn.Linear(48, 3)

    def forward(self, x):
        y = self.features(x)
        return torch.softmax(self.head(y.view(y.size(0), -1)), 1)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(2, 4, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.depthwise = nn.Conv2d(4, 4, 3, padding=1, groups=4)
        self.second = nn.BatchNorm2d(4)
        self.third = nn.BatchNorm2d(4)
        self.head = nn.Linear(4, 3)
        self.drop = nn.Dropout(0.3)

    def forward(self, x):
        now = torch.relu(self.norm(self.first(x)))
        now = torch.relu(self.second(self.depthwise(now)) + now)
        now = torch.relu(self.third(now + now))
        return self.head(self.drop(nn.functional.adaptive_avg_pool2d(now, 1).flatten(1)))


class NormsBehind(nn.Module):
    """A normalised input, and batch norms behind activations, as Keras networks have them: no weights before them."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(2, 4, 3), nn.ReLU(), nn.BatchNorm2d(4), nn.MaxPool2d(2), nn.Conv2d(4, 4, 2, groups=2), nn.ReLU(),
            nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(16, 6), nn.ReLU(), nn.BatchNorm1d(6), nn.Linear(6, 3))

    def forward(self, x):
        return self.features((x - 0.4) / 0.3)


class NormsBeforePadding(nn.Module):
    """Norms in front of convolutions that pad: zeros come behind what a norm adds, so borders differ."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.BatchNorm2d(2), nn.Conv2d(2, 4, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(4), nn.MaxPool2d(2),
            nn.Conv2d(4, 6, (3, 4), padding=(2, 1), stride=2, dilation=(2, 1), groups=2, bias=False), nn.BatchNorm2d(6),
            nn.ReLU(), nn.Flatten(), nn.LazyLinear(3))

    def forward(self, x):
        return self.features(x * 2 - 1)


def line():
    return nn.Sequential(
        nn.Conv1d(2, 4, 5, padding=2, groups=2), nn.BatchNorm1d(4), nn.ReLU(), nn.MaxPool1d(2),
        nn.Conv1d(4, 4, 3, stride=2, dilation=2), nn.ReLU(), nn.AvgPool1d(2), nn.Flatten(), nn.Linear(16, 3))


def tensorflow():
    """Conv2D(strides 2, same), ReLU, MaxPool2D, Flatten, Dense(softmax) of an 8x6x2 image."""
    model = Model(["unk__1", 8, 6, 2], ["unk__1", 3], opset=15)
    model.then("Transpose", perm=[0, 3, 1, 2])
    model.then("Conv", normal(4, 2, 3, 3), normal(4), kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1])
    model.then("Relu")
    model.then("MaxPool", kernel_shape=[2, 2], strides=[2, 2], auto_pad="VALID")
    model.then("Transpose", perm=[0, 2, 3, 1])
    model.then("Reshape", np.array([-1, 8], np.int64))
    model.then("MatMul", normal(8, 3))
    model.then("Add", normal(3))
    model.then("Softmax", axis=1)
    return model.built()


def tensorflow_mean():
    """Normalisation, ZeroPadding2D, a valid Conv2D with a bias of its own, ReLU6, GlobalAveragePooling2D, Dense."""
    model = Model(["unk__1", 7, 5, 3], ["unk__1", 3], opset=13)
    model.then("Sub", np.array([0.4, 0.5, 0.6], np.float32))
    model.then("Div", np.array([0.2, 0.3, 0.25], np.float32))
    model.then("Pad", np.array([0, 1, 1, 0, 0, 1, 1, 0], np.int64))
    model.then("Transpose", perm=[0, 3, 1, 2])
    model.then("Conv", normal(4, 3, 3, 3), kernel_shape=[3, 3], auto_pad="VALID")
    model.then("Transpose", perm=[0, 2, 3, 1])
    model.then("Add", normal(4))
    model.then("Clip", np.float32(0), np.float32(6))
    model.then("ReduceMean", axes=[1, 2], keepdims=0)
    model.then("MatMul", normal(4, 3))
    model.then("Add", normal(1, 3))
    return model.built()


def tensorflow_line():
    """Conv1D of a line of 9 by 2 as tf2onnx writes it, through a plane of height 1."""
    model = Model(["unk__1", 9, 2], ["unk__1", 3], opset=13)
    model.then("Transpose", perm=[0, 2, 1])
    model.then("Unsqueeze", np.array([2], np.int64))
    model.then("Conv", normal(4, 2, 1, 4), normal(4), kernel_shape=[1, 4], auto_pad="SAME_UPPER")
    model.then("Squeeze", np.array([2], np.int64))
    model.then("Relu")
    model.then("Transpose", perm=[0, 2, 1])
    model.then("Reshape", np.array([-1, 36], np.int64))
    model.then("MatMul", normal(36, 3))
    return model.built()


def paddings():
    model = Model([1, 2, 7, 6], [1, 3])
    model.then("Pad", np.array([0, 0, 1, 0, 0, 0, 1, 2], np.int64))
    model.then("Conv", normal(3, 2, 2, 4), normal(3), auto_pad="SAME_LOWER")
    model.then("Relu")
    model.then("Pad", np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64))
    model.then("MaxPool", kernel_shape=[3, 3], strides=[2, 2])
    model.then("Conv", normal(3, 3, 2, 2), pads=[0, 1, 2, 0], dilations=[2, 1])
    model.then("AveragePool", kernel_shape=[2, 2], pads=[1, 1, 1, 1], strides=[2, 2], count_include_pad=1)
    model.then("GlobalMaxPool")
    model.then("Squeeze", np.array([2, 3], np.int64))
    return model.built()


def rounded_up():
    model = Model([1, 1, 12, 12], [1, 3], opset=11)
    model.then("AveragePool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 0, 0], ceil_mode=1)
    model.then("Conv", normal(3, 1, 3, 3))
    model.then("MaxPool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 0, 0], ceil_mode=1)
    model.then("Flatten", axis=-3)
    model.then("Gemm", normal(12, 3), np.float32(0.25), alpha=0.5, beta=2.0)
    return model.built()


def shapes():
    """A flattened input, made a plane again through a chain of shapes; weights of other types."""
    model = Model(["batch", 12], ["batch", 3])
    size = model.then("Shape")
    model.then("Gather", np.array(0, np.int64))
    model.then("Unsqueeze", np.array([0], np.int64))
    model.then("Concat", np.array([1, 3, 4], np.int64), axis=0)
    model.then("Reshape", model.now, first="input")
    model.then("Conv", normal(2, 1, 2, 2).astype(np.float16).astype(np.float32), normal(2))
    model.then("Mul", np.float32(-1.5))
    model.then("Relu")
    model.then("Reshape", np.array([0, -1], np.int64))
    model.then("Gemm", normal(3, 12), normal(1, 3), transB=1)
    built = model.built()
    for tensor in built.graph.initializer:
        if list(tensor.dims) == [3, 12]:
            values = numpy_helper.to_array(tensor).ravel().tolist()
            tensor.ClearField("raw_data")
            tensor.float_data.extend(values)
        if list(tensor.dims) == [3]:
            values = numpy_helper.to_array(tensor).ravel().tolist()
            tensor.ClearField("raw_data")
            tensor.int64_data.extend(values)
    return built


def half():
    """Weights stored in half and double precision and cast, as converters that shrink files leave them."""
    model = Model([1, 2, 4], [1, 3])
    weight = model.constant(normal(3, 2, 2).astype(np.float16))
    model.then("Cast", first=weight, to=TensorProto.FLOAT)
    model.then("Conv", model.now, first="input")
    model.then("ReduceMean", axes=[2], keepdims=1)
    model.then("Flatten")
    wide = model.constant(random.standard_normal((3, 3)))
    before = model.now
    model.then("Cast", first=wide, to=TensorProto.FLOAT)
    model.then("MatMul", model.now, first=before)
    return model.built()


class Standardised(nn.Conv2d):
    """OTTT's weight standardisation, which the exporter writes out over the stored weights."""

    def __init__(self, *extents, **more):
        super().__init__(*extents, **more)
        self.gain = nn.Parameter(torch.rand(self.out_channels) + 0.5)

    def forward(self, x):
        w = self.weight
        mean, var = w.mean((1, 2, 3), keepdim=True), w.var((1, 2, 3), keepdim=True)
        w = (w - mean) / torch.sqrt(var * w[0].numel() + 1e-4) * self.gain.view(-1, 1, 1, 1)
        return nn.functional.conv2d(x, w, self.bias, self.stride, self.padding)


class StandardisedLinear(nn.Linear):
    """Qiao's, arXiv 1903.10520."""

    def forward(self, x):
        w = self.weight
        return nn.functional.linear(x, (w - w.mean(1, keepdim=True)) / (w.std(1, keepdim=True) + 1e-5), self.bias)


def standardised():
    return nn.Sequential(
        Standardised(2, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.AvgPool2d(2), Standardised(4, 6, 3), nn.ReLU(),
        nn.Flatten(), StandardisedLinear(24, 3))


def constants():
    """What else is computed from constants: powers, squares, extremes, signs, and ones among extents."""
    model = Model([1, 2, 4], [1, 3], opset=18)
    two = model.constant(np.float32(2))
    weight = model.constant(normal(3, 2, 2))
    squares = model.then("Pow", two, first=weight)
    total = model.then("ReduceSum", np.array([1, 2], np.int64), first=squares)
    of_squares = model.then("ReduceSumSquare", np.array([1, 2], np.int64), first=weight)
    length = model.then("Sqrt", first=model.then("Div", two, first=model.then("Add", of_squares, first=total)))
    other = model.then("ReduceL2", np.array([-1, -2], np.int64), first=weight)
    inverse = model.then("Reciprocal", first=model.then("Max", other, first=length))
    unit = model.then("Mul", inverse, first=weight)
    largest = model.then("ReduceMax", np.array([0], np.int64), first=model.then("Abs", first=unit), keepdims=0)
    smallest = model.then("ReduceMin", first=model.then("Min", unit, first=largest), keepdims=0)
    now = model.then("Neg", first=model.then("Sub", smallest, first=unit))
    model.then("Conv", now, first="input")
    model.then("Flatten")
    before = model.now
    flat = model.constant(normal(9))
    one = model.then("Unsqueeze", np.array([0, 2], np.int64), first=model.then("Exp", first=model.then("Neg", first=flat)))
    wide = model.then("Mul", normal(1, 9, 3), first=model.then("Log", first=model.then("Exp", first=one)))
    matrix = model.then("Squeeze", np.array([0], np.int64), first=wide)
    model.then("MatMul", matrix, first=before)
    return model.built()


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(3)
    record("torch-plain", exported(Plain(), (2, 16, 12), 13, dynamic=True))
    record("torch-plain-9", exported(Plain(), (2, 16, 12), 9, fold=True))
    record("torch-residual", exported(Residual(), (2, 6, 6), 17))
    record("torch-residual-7", exported(Residual(), (2, 6, 6), 7))
    record("torch-line", exported(line(), (2, 40), 20))
    record("tf-conv", tensorflow(), channels_last=True)
    record("tf-mean", tensorflow_mean(), channels_last=True)
    record("tf-line", tensorflow_line(), channels_last=True)
    record("paddings", paddings())
    record("rounded-up", rounded_up())
    record("shapes", shapes())
    record("half", half())
    record("torch-norms-behind", exported(NormsBehind(), (2, 8, 8), 13))
    record("torch-standardised", exported(standardised(), (2, 8, 8), 17))
    record("torch-standardised-18", exported(standardised(), (2, 8, 8), 18))
    record("torch-standardised-9", exported(standardised(), (2, 8, 8), 9, fold=True))
    record("constants", constants())
    padding = NormsBeforePadding()
    padding(torch.rand(1, 2, 8, 10))
    record("torch-norms-before-padding", exported(padding, (2, 8, 10), 13))
    (FOLDER / "outputs.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in made) + "\n]\n")


if __name__ == "__main__":
    main()
