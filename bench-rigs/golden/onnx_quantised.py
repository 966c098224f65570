"""Makes host-tools/src/test/golden/onnx-quantised: files by onnxruntime's static quantiser, and the codes that it computes.

    python3 onnx_quantised.py        # onnx 1.23, onnxruntime 1.30, torch 2.13

codes.json holds for each file random images of bytes (a pixel is byte / 255 to the file) and the codes of every quantised
activation, 0 at its zero point. `layer` is what the importer calls it. Files in the QDQ form are run without optimisation, so
that each DequantizeLinear is computed as it stands; QOperator files run onnxruntime's integer kernels.
digits.json holds what onnxruntime answers to the 500 test scans of bench-rigs/zoo/data/digits.h5.
"""

import json
import pathlib
import tempfile

import h5py
import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "host-tools/src/test/golden/onnx-quantised"
IMAGES = 3
random = np.random.default_rng(9)

# Zero point 0 for signed activations, as GPUs want them; the pixels keep all 256 codes.
SYMMETRIC = {"ActivationSymmetric": True,
             "TensorQuantOverrides": {"image": [{"quant_type": QuantType.QUInt8, "symmetric": False}]}}


class Calibration(CalibrationDataReader):
    """Noise, with black and white among it so that the input's scale is 1/255."""

    def __init__(self, shape):
        images = random.integers(0, 256, (32, *shape), dtype=np.uint8)
        images[0], images[1] = 0, 255
        self.images = iter(images)

    def get_next(self):
        image = next(self.images, None)
        return None if image is None else {"image": image.astype(np.float32) / 255}


class Model:
    def __init__(self, shape):
        self.shape, self.nodes, self.constants, self.now = shape, [], [], "image"

    def then(self, kind, *shapes, reads=None, **attributes):
        inputs = list(reads or [self.now])
        for shape in shapes:
            inputs.append(f"constant{len(self.constants)}")
            fan = max(1, int(np.prod(shape[1:])))
            values = random.standard_normal(shape) * np.exp(0.4 * random.standard_normal((shape[0],) + (1,) * (len(shape) - 1)))
            self.constants.append(numpy_helper.from_array((values / fan ** 0.5).astype(np.float32), inputs[-1]))
        self.now = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [self.now], name=self.now, **attributes))
        return self.now

    def written(self, path, classes):
        graph = helper.make_graph(
            self.nodes, "made", [helper.make_tensor_value_info("image", TensorProto.FLOAT, self.shape)],
            [helper.make_tensor_value_info(self.now, TensorProto.FLOAT, [1, classes])], self.constants)
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


def plain():
    model = Model([1, 1, 8, 8])
    model.then("Conv", (4, 1, 3, 3), (4,), kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    model.then("Relu")
    model.then("MaxPool", kernel_shape=[2, 2], strides=[2, 2])
    model.then("Conv", (6, 4, 3, 3), (6,), kernel_shape=[3, 3], pads=[0, 0, 1, 1], strides=[2, 2])
    model.then("Relu")
    model.then("Flatten")
    model.then("Gemm", (3, 24), (3,), transB=1)
    return model


def residual():
    model = Model([1, 2, 6, 6])
    model.then("Conv", (4, 2, 3, 3), (4,), kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    first = model.then("Relu")
    model.then("Conv", (4, 1, 3, 3), (4,), kernel_shape=[3, 3], pads=[1, 1, 1, 1], group=4)
    second = model.then("Relu")
    model.then("Add", reads=[first, second])
    model.then("GlobalAveragePool")
    model.then("Flatten")
    model.then("MatMul", (4, 3))
    return model


def skip():
    """A block of a ResNet: weights without a ReLU of their own are added to what came before them, then cut."""
    model = Model([1, 2, 6, 6])
    model.then("Conv", (4, 2, 3, 3), (4,), kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    first = model.then("Relu")
    second = model.then("Conv", (4, 4, 3, 3), (4,), kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    model.then("Add", reads=[second, first])
    model.then("Relu")
    model.then("Flatten")
    model.then("Gemm", (3, 144), (3,), transB=1)
    return model


def summands(model):
    """The quantised tensors that a sum reads."""
    dequantised = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "DequantizeLinear"}
    read = []
    for node in model.graph.node:
        if node.op_type == "Add":
            read += [dequantised[name] for name in node.input]
        elif node.op_type == "QLinearAdd":
            read += [node.input[0], node.input[3]]
    return read


def quantised_tensors(model):
    """(name of the importer's layer, tensor, scale, zero point) of each activation behind a quantisation but the input's."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    output = model.graph.output[0].name
    for node in model.graph.node:
        kind = node.op_type
        if kind == "QuantizeLinear" and node.input[0] != "image":
            layer, scale, zero = node.name, *node.input[1:3]
        elif kind in ("QLinearConv", "QLinearMatMul", "QLinearAdd"):
            layer, scale, zero = node.name + " codes", *node.input[6:8]
        elif kind == "QGemm":
            layer, scale, zero = node.name + " codes", *node.input[7:9]
        elif kind in ("QLinearGlobalAveragePool", "QLinearAveragePool"):
            layer, scale, zero = node.name + " codes", *node.input[3:5]
        else:
            continue
        yield layer, node.output[0], float(stored[scale]), int(stored[zero])


def made(name, build, form, activations, per_channel, reduced=False, symmetric=False):
    path = FOLDER / f"{name}.onnx"
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "float.onnx"
        model = build()
        model.written(source, 3)
        quantize_static(source, path, Calibration(model.shape), quant_format=form, per_channel=per_channel,
                        weight_type=QuantType.QInt8, activation_type=activations, reduce_range=reduced,
                        extra_options=SYMMETRIC if symmetric else {})
    written = onnx.load(path)
    del written.metadata_props[:]
    onnx.save(written, path)
    tensors = list(quantised_tensors(written))
    added = summands(written)
    kind = TensorProto.UINT8 if activations == QuantType.QUInt8 else TensorProto.INT8
    for _, tensor, _, _ in tensors:
        written.graph.output.append(helper.make_tensor_value_info(tensor, kind, None))
    options = onnxruntime.SessionOptions()
    if form == QuantFormat.QDQ:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(written.SerializeToString(), options, providers=["CPUExecutionProvider"])
    samples = []
    for _ in range(IMAGES):
        image = random.integers(0, 256, model.shape, dtype=np.uint8)
        codes = session.run([tensor for _, tensor, _, _ in tensors], {"image": image.astype(np.float32) / 255})
        samples.append({"image": image.ravel().tolist(), "layers": [
            {**({"summand": True} if tensor in added else {}), "layer": layer, "scale": scale, "codes": (values.astype(int) - zero).ravel().tolist(),
             "range": [(0 if kind == TensorProto.UINT8 else -128) - zero, (255 if kind == TensorProto.UINT8 else 127) - zero]}
            for (layer, tensor, scale, zero), values in zip(tensors, codes)]})
    print(name, path.stat().st_size, "bytes", [node.op_type for node in written.graph.node])
    return {"name": name, "samples": samples}


class Digits(torch.nn.Module):
    """Two convolutions for the bundled 8x8 scans of digits."""

    def __init__(self):
        super().__init__()
        self.layers = torch.nn.Sequential(
            torch.nn.Conv2d(1, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
            torch.nn.Conv2d(8, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
            torch.nn.Flatten(), torch.nn.Linear(32, 10))

    def forward(self, image):
        return self.layers(image)


def digits():
    """A trained network whose input has 15 codes a shade of ink: shades are 0..16, the input's scale is 1/240."""
    torch.manual_seed(2)
    with h5py.File(ROOT / "bench-rigs/zoo/data/digits.h5") as data:
        x, y = (torch.tensor(data["train"][key][:]) for key in "xy")
        tested, labels = data["test"]["x"][:], data["test"]["y"][:]
    x, y = x.float() / 16, y.long()
    model = Digits()
    optimiser = torch.optim.Adam(model.parameters(), 1e-2)
    for _ in range(40):
        for batch in torch.randperm(len(x)).split(64):
            optimiser.zero_grad()
            torch.nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimiser.step()
    images = x[:128].numpy()
    images[0, 0, 0, 0] = 255 / 240

    class Ink(CalibrationDataReader):
        def __init__(self):
            self.images = iter(images)

        def get_next(self):
            image = next(self.images, None)
            return None if image is None else {"image": image[None]}

    path = FOLDER / "digits.onnx"
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "float.onnx"
        torch.onnx.export(model.eval(), (x[:1],), source, dynamo=False, opset_version=17, input_names=["image"])
        quantize_static(source, path, Ink(), quant_format=QuantFormat.QDQ, per_channel=True,
                        weight_type=QuantType.QInt8, activation_type=QuantType.QUInt8)
    written = onnx.load(path)
    del written.metadata_props[:]
    onnx.save(written, path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    answers = [int(session.run(None, {"image": image[None].astype(np.float32) / 16})[0].argmax()) for image in tested]
    print("digits", path.stat().st_size, "bytes,", (np.array(answers) == labels).mean(), "right")
    (FOLDER / "digits.json").write_text(json.dumps({"answers": answers}) + "\n")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    digits()
    qdq, operators = QuantFormat.QDQ, QuantFormat.QOperator
    unsigned, signed = QuantType.QUInt8, QuantType.QInt8
    rows = [
        made("qdq-plain", plain, qdq, unsigned, True),
        made("qdq-signed", plain, qdq, signed, True),
        made("qdq-reduced", plain, qdq, unsigned, False, reduced=True),
        made("qdq-residual", residual, qdq, unsigned, True),
        made("qdq-symmetric", plain, qdq, signed, True, symmetric=True),
        made("qop-plain", plain, operators, unsigned, True),
        made("qop-residual", residual, operators, unsigned, False),
        made("qdq-skip", skip, qdq, unsigned, True),
        made("qdq-skip-signed", skip, qdq, signed, False),
        made("qop-skip", skip, operators, unsigned, True),
    ]
    (FOLDER / "codes.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


if __name__ == "__main__":
    main()
