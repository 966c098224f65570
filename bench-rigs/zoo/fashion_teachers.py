"""Writes what several trained Fashion-MNIST networks answer for each training image, as `--answers` of fashion_sew.py.

    python3 fashion_teachers.py --data FOLDER --onnx models/fashion-ann.onnx models/fashion-clip.onnx models/fashion-ttfs.onnx \
        --sew states/fashion-sew.pt -o work/answers.pt

Each network sees six views of an image, three moved by at most a pixel a direction and three mirrored and moved; its answer
is softened by the temperature of fashion.py, and the mean over networks and views is what is written: (60,000, 10) float32.
With --check the same is done for the test images and the accuracy of the mean is printed instead; nothing is written.
"""

import argparse

import numpy as np
import torch

from fashion import CLASSES, TEMPERATURE, as_current, load

VIEWS = ((False, 0, 0), (False, 1, 1), (False, -1, -1), (True, 0, 0), (True, 1, -1), (True, -1, 1))


def seen(x, view):
    """x: (n, 28, 28) uint8, mirrored and moved; what leaves the image is lost, what enters is 0."""
    mirrored, dy, dx = view
    x = x.flip(2) if mirrored else x
    padded = torch.nn.functional.pad(x, (1, 1, 1, 1))
    return padded[:, 1 - dy:29 - dy, 1 - dx:29 - dx]


def softened(logits):
    return torch.softmax(logits.float() / TEMPERATURE, 1)


def by_onnx(path):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options)
    name = session.get_inputs()[0].name

    def answers(x):
        images = as_current(x).numpy()
        return torch.from_numpy(np.concatenate([session.run(None, {name: image[None]})[0] for image in images]))

    return answers


def by_sew(path):
    from fashion_sew import Sew

    state = torch.load(path, weights_only=True)
    model = Sew().to(memory_format=torch.channels_last)
    model.load_state_dict(state)
    model.unrolled = True
    model.eval()
    return lambda x: model(as_current(x))


@torch.no_grad()
def mean_answer(networks, x, batch=250):
    total = torch.zeros(len(x), CLASSES)
    for begin in range(0, len(x), batch):
        part = x[begin:begin + batch]
        for view in VIEWS:
            for network in networks:
                total[begin:begin + batch] += softened(network(seen(part, view)))
        if begin // batch % 20 == 0:
            print(f"{begin} of {len(x)} images", flush=True)
    return total / (len(VIEWS) * len(networks))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, help="the folder of the four IDX files")
    options.add_argument("--onnx", nargs="*", default=[], help="networks that take one image at a time")
    options.add_argument("--sew", nargs="*", default=[], help="state dicts of fashion_sew.py")
    options.add_argument("--check", action="store_true", help="the test images: print the accuracy, write nothing")
    options.add_argument("--limit", type=int)
    options.add_argument("-o", "--output", default="answers.pt")
    given = options.parse_args()
    torch.set_num_threads(1)
    networks = [by_onnx(path) for path in given.onnx] + [by_sew(path) for path in given.sew]
    x, y = load(given.data, "t10k" if given.check else "train", given.limit)
    answer = mean_answer(networks, x)
    print(f"right: {float((answer.argmax(1) == y).float().mean()):.4f} of {len(y)}")
    if not given.check:
        torch.save(answer, given.output)


if __name__ == "__main__":
    main()
