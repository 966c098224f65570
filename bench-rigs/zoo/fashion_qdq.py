"""Quantises a network of fashion_ann.py with onnxruntime's own static quantiser, and says what onnxruntime makes of it.

    python3 fashion_qdq.py --data FOLDER --model models/fashion-ann.onnx --out fashion-qdq.onnx

QDQ, weights int8 a filter, activations uint8, ranges from the first 512 training images. Then, without requantising:

    spikelet quantise fashion-qdq.onnx --data FOLDER --split train:0-512 --steps 1 -o qdq.img
    spikelet evaluate qdq.img --data FOLDER
    spikelet convert  fashion-qdq.onnx --data FOLDER --split train:0-500 --thresholds percentile:99.5 --steps 32 -o spikes.img
"""

import argparse

import numpy as np
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

from fashion import load


class Images(CalibrationDataReader):
    def __init__(self, pixels):
        self.batches = iter([{"image": image[None, None].astype(np.float32) / 255} for image in pixels])

    def get_next(self):
        return next(self.batches, None)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, help="the folder of the four IDX files")
    options.add_argument("--model", required=True)
    options.add_argument("--out", required=True)
    options.add_argument("--reduce-range", action="store_true", help="weights of 7 bits, for AVX2 without VNNI")
    given = options.parse_args()
    images, _ = load(given.data, "train", 512)
    quantize_static(given.model, given.out, Images(images.numpy()), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, reduce_range=given.reduce_range)
    test, labels = load(given.data, "t10k")
    session = onnxruntime.InferenceSession(given.out, providers=["CPUExecutionProvider"])
    right = 0
    for image, label in zip(test.numpy(), labels.numpy()):
        (logits,) = session.run(None, {"image": image[None, None].astype(np.float32) / 255})
        right += int(logits.argmax() == label)
    print(f"onnxruntime {onnxruntime.__version__}: {right} of {len(labels)}, {100 * right / len(labels):.2f} %")


if __name__ == "__main__":
    main()
