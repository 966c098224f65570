"""Peers of the engine that live in Python, one core, batch 1: TFLite int8, PyTorch eager, SpikingJelly.

Prints one JSON object: {"results": [{"peer", "workload", "time_steps", "median", "low_quartile", "high_quartile"}],
"absent": ["NAME: reason"]}, times in µs of one inference. A peer whose module is missing is absent, by name; none is
installed by this script. Run by `spikelet bench peers --python python3`.
"""

import argparse
import importlib
import json
import os
import statistics
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# (input: channels, height, width), then what follows: ("fc", out), ("conv", out, stride), ("pool", window).
WORKLOADS = {
    "W1": ((784, 1, 1), [("fc", 512), ("fc", 512), ("fc", 10)]),
    "W2": (
        (1, 28, 28),
        [("conv", 32, 1), ("conv", 32, 1), ("pool", 2), ("conv", 64, 1), ("pool", 2), ("fc", 256), ("fc", 10)],
    ),
    "W3": (
        (3, 32, 32),
        [("conv", 64, 1), ("conv", 128, 2), ("conv", 256, 2), ("conv", 256, 1), ("pool", 8), ("fc", 10)],
    ),
}
SNN_STEPS = 4


def timed(infer, seconds=2.0, rounds=30):
    """Quartiles of µs an inference, over rounds that fill the seconds, after as long a warm-up."""
    until = time.perf_counter() + seconds / 2
    count = 0
    began = time.perf_counter()
    while time.perf_counter() < until or count < 3:
        infer()
        count += 1
    each = max(1, int(count * seconds / rounds / (time.perf_counter() - began)))
    micros = []
    for _ in range(rounds):
        began = time.perf_counter()
        for _ in range(each):
            infer()
        micros.append((time.perf_counter() - began) / each * 1e6)
    low, median, high = statistics.quantiles(micros, n=4, method="inclusive")
    return {"median": median, "low_quartile": low, "high_quartile": high}


def torch_layers(torch, shape, layers, neuron):
    """The network as a list of modules; `neuron` makes what stands behind each weighted layer but the last of an ANN."""
    channels, height, width = shape
    modules = []
    flat = height == 1
    for kind, *rest in layers:
        if kind == "conv":
            out, stride = rest
            modules += [torch.nn.Conv2d(channels, out, 3, stride, 1, bias=False), neuron()]
            channels, height, width = out, (height - 1) // stride + 1, (width - 1) // stride + 1
        elif kind == "pool":
            modules.append(torch.nn.MaxPool2d(rest[0]))
            height, width = height // rest[0], width // rest[0]
        else:
            if not flat:
                modules.append(torch.nn.Flatten())
                channels, flat = channels * height * width, True
            modules += [torch.nn.Linear(channels, rest[0], bias=False), neuron()]
            channels = rest[0]
    return modules


def torch_input(torch, shape):
    return torch.rand(1, shape[0]) if shape[1] == 1 else torch.rand(1, *shape)


def pytorch(results):
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    for name, (shape, layers) in WORKLOADS.items():
        model = torch.nn.Sequential(*torch_layers(torch, shape, layers, torch.nn.ReLU)[:-1]).eval()
        x = torch_input(torch, shape)
        with torch.inference_mode():
            results.append({"peer": "PyTorch eager fp32", "workload": name, "time_steps": 1, **timed(lambda: model(x))})


def spikingjelly(results):
    torch = importlib.import_module("torch")
    base = importlib.import_module("spikingjelly.activation_based.functional")
    neurons = importlib.import_module("spikingjelly.activation_based.neuron")
    torch.set_num_threads(1)
    for name, (shape, layers) in WORKLOADS.items():
        model = torch.nn.Sequential(*torch_layers(torch, shape, layers, neurons.LIFNode)).eval()
        x = torch_input(torch, shape)

        def infer():
            base.reset_net(model)
            for _ in range(SNN_STEPS):
                model(x)

        with torch.inference_mode():
            results.append({"peer": "SpikingJelly fp32", "workload": name, "time_steps": SNN_STEPS, **timed(infer)})


def tflite(results):
    tf = importlib.import_module("tensorflow")
    np = importlib.import_module("numpy")
    random = np.random.default_rng(1)
    for name, (shape, layers) in WORKLOADS.items():
        channels, height, width = shape
        extent = (channels,) if height == 1 else (height, width, channels)
        model = tf.keras.Sequential([tf.keras.Input(extent)])
        for i, (kind, *rest) in enumerate(layers):
            last = i == len(layers) - 1
            if kind == "conv":
                model.add(tf.keras.layers.Conv2D(rest[0], 3, rest[1], "same", activation="relu", use_bias=False))
            elif kind == "pool":
                model.add(tf.keras.layers.MaxPool2D(rest[0]))
            else:
                if len(model.output_shape) > 2:
                    model.add(tf.keras.layers.Flatten())
                model.add(tf.keras.layers.Dense(rest[0], activation=None if last else "relu", use_bias=False))
        converter = tf.lite.TFLiteConverter.from_keras_model(model)
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: (
            [random.random((1, *extent), dtype=np.float32)] for _ in range(32)
        )
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = converter.inference_output_type = tf.int8
        interpreter = tf.lite.Interpreter(model_content=converter.convert(), num_threads=1)
        interpreter.allocate_tensors()
        where = interpreter.get_input_details()[0]["index"]
        interpreter.set_tensor(where, random.integers(-128, 128, (1, *extent), dtype=np.int8))
        results.append({"peer": "TFLite int8", "workload": name, "time_steps": 1, **timed(interpreter.invoke)})


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--spikingjelly", metavar="PATH", help="a checkout of SpikingJelly")
    options = arguments.parse_args()
    peers = {"TFLite int8": tflite, "PyTorch eager": pytorch}
    absent = []
    if options.spikingjelly:
        sys.path.insert(0, options.spikingjelly)
        peers["SpikingJelly"] = spikingjelly
    else:
        absent.append("SpikingJelly: no --spikingjelly PATH was given")
    results = []
    for name, peer in peers.items():
        print(f"timing {name}", file=sys.stderr)
        try:
            peer(results)
        except ModuleNotFoundError as missing:
            absent.append(f"{name}: no module {missing.name}")
    json.dump({"results": results, "absent": absent}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
