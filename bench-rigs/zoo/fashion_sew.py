"""Trains models/fashion-sew.nir: a residual network of 4 time steps on Fashion-MNIST whose blocks add spikes (SEW).

    python3 fashion_sew.py --data FOLDER

Wiring: Fang et al., NeurIPS 2021 (spike-element-wise ADD): out = IF(BN(conv(x))) + x. Neuron: integrate and fire, soft
reset, strictly above: u <- u + x; s = u > theta; u <- u - theta s; one trained theta a layer. The image is a constant
current; its convolution is computed once. Readout: the mean over time of an affine layer.

Two phases. First one pass of 4-level activations stands for the four steps (Bu et al., ICLR 2022, floor of 4 x / theta):
a soft-reset neuron under constant input fires just that often. Then the four steps themselves are trained through time,
with the first phase's network as teacher, or with a better one that is named.
"""

import argparse
import json
import pathlib

import torch
from torch.nn import functional as F

from fashion import CLASSES, accuracy, fit, load
from fashion_ann import Ann

HERE = pathlib.Path(__file__).parent
STEPS = 4
# (inputs, outputs, kernel, stride, adds its input)
STAGES = ((1, 64, 5, 2, False), (64, 64, 3, 1, True), (64, 128, 3, 2, False), (128, 128, 3, 1, True))


class Stage(torch.nn.Module):
    """conv, batch norm, neuron, and the residual addition; x is (n, c, h, w), or (T n, c, h, w) when unrolled."""

    def __init__(self, inputs, outputs, kernel, stride, adds):
        super().__init__()
        self.conv = torch.nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        self.norm = torch.nn.BatchNorm2d(outputs)
        self.theta = torch.nn.Parameter(torch.tensor(2.0))
        self.adds = adds

    def levels(self, x):
        """Phase one: the mean of four steps as one value in 0, 1/4 .. 1; the gradient of the clip."""
        z = (self.norm(self.conv(x)) / self.theta).clamp(0, 1)
        level = torch.floor(z * STEPS) / STEPS
        level = level.detach() - z.detach() + z
        return level + x if self.adds else level

    def spikes(self, x, constant):
        """Phase two: x holds all steps, or one frame that serves all."""
        current = self.norm(self.conv(x))
        currents = [current] * STEPS if constant else current.chunk(STEPS)
        u, out = 0, []
        for current in currents:
            u = u + current
            distance = u / self.theta - 1
            soft = 0.5 * distance.clamp(-1, 1)  # a rectangle of width 2 theta as the surrogate
            s = (distance > 0).to(u.dtype)
            s = s.detach() - soft.detach() + soft
            u = u - self.theta * s
            out.append(s)
        s = torch.cat(out)
        self.rate = s.mean()
        return s + x if self.adds else s


class Sew(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = torch.nn.ModuleList(Stage(*row) for row in STAGES)
        self.readout = torch.nn.Linear(STAGES[-1][1] * 7 * 7, CLASSES)
        self.dropout = torch.nn.Dropout(0.1)
        self.unrolled = False

    def forward(self, x):
        for k, stage in enumerate(self.stages):
            x = stage.spikes(x, k == 0) if self.unrolled else stage.levels(x)
        logits = self.readout(self.dropout(x.flatten(1)))
        return logits.view(STEPS, -1, CLASSES).mean(0) if self.unrolled else logits

    @torch.no_grad()
    def clamp(self):
        for stage in self.stages:
            stage.theta.clamp_(min=0.1)

    def loss_terms(self):
        return sum(F.relu(stage.rate - 0.15) ** 2 for stage in self.stages)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, help="the folder of the four IDX files")
    options.add_argument("--work", help="where checkpoints go; default work/fashion-sew")
    options.add_argument("--level-epochs", type=int, default=12)
    options.add_argument("--step-epochs", type=int, default=3)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--start", help="a state dict to begin from; --level-epochs 0 goes on with the four steps")
    options.add_argument("--rate", type=float, default=5e-4, help="the highest learning rate of the four steps")
    options.add_argument("--teacher", help="a state dict of fashion_ann.py that teaches the four steps")
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(7)
    work = pathlib.Path(given.work or HERE / "work" / "fashion-sew")
    model = Sew().to(memory_format=torch.channels_last)
    if given.start:
        model.load_state_dict(torch.load(given.start, weights_only=True))
    curve = []
    if given.level_epochs:
        curve = fit(model, given.data, work / "levels", epochs=given.level_epochs, after_step=model.clamp)
    teacher = (Ann() if given.teacher else Sew()).to(memory_format=torch.channels_last)
    teacher.load_state_dict(torch.load(given.teacher, weights_only=True) if given.teacher else model.state_dict())
    teacher.eval()
    model.unrolled = True
    print("unrolled, untrained", accuracy(model, *load(given.data, "t10k")), flush=True)
    curve += fit(model, given.data, work / "steps", epochs=given.step_epochs, rate=given.rate, after_step=model.clamp,
                 teacher=teacher, loss_terms=model.loss_terms)
    torch.save(model.state_dict(), work / "model.pt")
    (work / "curve.json").write_text(json.dumps(curve))
    print("fashion-sew", accuracy(model, *load(given.data, "t10k")))


if __name__ == "__main__":
    main()
