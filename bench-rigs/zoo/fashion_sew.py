"""Trains models/fashion-sew.nir: a residual network of 4 time steps on Fashion-MNIST whose blocks add spikes (SEW).

    python3 fashion_sew.py --data FOLDER --teacher states/fashion-ann.pt

Wiring: Fang et al., NeurIPS 2021 (spike-element-wise ADD): out = IF(BN(conv(x))) + x. Neuron: integrate and fire, soft
reset, strictly above: u <- u + x; s = u > theta; u <- u - theta s; one trained theta a layer. The image is a constant
current; its convolution is computed once. Where the extent halves, spikes go through an OR over 2x2, and so does what a
block adds. Readout: the mean over time of an affine layer.

The layers are those of the conventional network (fashion_ann.py), whose weights they begin with: the activation r of a
layer becomes r / theta, theta its 98th percentile, and the next layer's weights take theta up. Then two phases. First
one pass of 4-level activations stands for the four steps (Bu et al., ICLR 2022, floor of 4 x / theta): a soft-reset
neuron under constant input fires just that often, and the steps it fires in are nested, so that a maximum of levels is
what the OR of the spikes counts. What a block adds comes in little by little in the first half of that phase. Then the four steps themselves are trained through time. The conventional network
teaches both.
"""

import argparse
import json
import pathlib

import torch
from torch.nn import functional as F

from fashion import CHANNELS, CLASSES, POOLED, accuracy, as_current, fit, load
from fashion_ann import Ann

HERE = pathlib.Path(__file__).parent
STEPS = 4
ADDS = (False, False, True, False, True)
PERCENTILE = 0.98
ADDED = 0.5  # the share of the first phase after which blocks add all they should


class Stage(torch.nn.Module):
    """conv, batch norm, neuron, and its pool; x is (n, c, h, w), or (T n, c, h, w) when unrolled."""

    def __init__(self, inputs, outputs, pooled, adds):
        super().__init__()
        self.conv = torch.nn.Conv2d(inputs, outputs, 3, 1, 1, bias=False)
        self.norm = torch.nn.BatchNorm2d(outputs)
        self.theta = torch.nn.Parameter(torch.tensor(2.0))
        self.pooled, self.adds = pooled, adds

    def pool(self, x):
        return F.max_pool2d(x, 2) if self.pooled else x

    def levels(self, x):
        """Phase one: the mean of four steps as one value in 0, 1/4 .. 1; the gradient of the clip."""
        z = (self.norm(self.conv(x)) / self.theta).clamp(0, 1)
        level = torch.floor(z * STEPS) / STEPS
        return level.detach() - z.detach() + z

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
        return s


class Sew(torch.nn.Module):
    def __init__(self):
        super().__init__()
        widths = (1, *CHANNELS)
        self.stages = torch.nn.ModuleList(
            Stage(widths[k], widths[k + 1], POOLED[k], ADDS[k]) for k in range(len(CHANNELS)))
        self.readout = torch.nn.Linear(CHANNELS[-1] * 7 * 7, CLASSES)
        self.dropout = torch.nn.Dropout(0.1)
        self.unrolled = False
        self.register_buffer("share", torch.ones(()), persistent=False)

    def forward(self, x):
        for k, stage in enumerate(self.stages):
            y = stage.pool(stage.spikes(x, k == 0) if self.unrolled else stage.levels(x))
            x = y + self.share * stage.pool(x) if stage.adds else y
        logits = self.readout(self.dropout(x.flatten(1)))
        return logits.view(STEPS, -1, CLASSES).mean(0) if self.unrolled else logits

    @torch.no_grad()
    def begin_as(self, ann, images):
        """Takes the weights of a conventional network over; what a block adds comes on top of what that one computes."""
        x, unit = images, 1.0
        for mine, its in zip(self.stages, ann.stages):
            mine.conv.weight.copy_(its.conv.weight * unit)
            mine.norm.load_state_dict(its.norm.state_dict())
            x = F.relu(its.norm(its.conv(x)))
            positive = x.flatten()[:4_000_000]
            unit = float(torch.quantile(positive[positive > 0][:1_000_000], PERCENTILE))
            mine.theta.fill_(unit)
            mine.norm.bias += unit / (2 * STEPS)  # floor becomes rounding
            x = mine.pool(x)
        self.readout.weight.copy_(ann.readout.weight * unit)
        self.readout.bias.copy_(ann.readout.bias)

    def add_more(self, progress):
        self.share.fill_(min(1.0, progress / ADDED))

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
    options.add_argument("--step-epochs", type=int, default=4)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--teacher", required=True, help="a state dict of fashion_ann.py: to begin as, and to be taught by")
    options.add_argument("--start", help="a state dict to begin from instead; --level-epochs 0 goes on with the four steps")
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(7)
    work = pathlib.Path(given.work or HERE / "work" / "fashion-sew")
    teacher = Ann().to(memory_format=torch.channels_last)
    teacher.load_state_dict(torch.load(given.teacher, weights_only=True))
    teacher.eval()
    model = Sew().to(memory_format=torch.channels_last)
    if given.start:
        model.load_state_dict(torch.load(given.start, weights_only=True))
    else:
        model.begin_as(teacher, as_current(load(given.data, "train", 500)[0]))
        print("levels, untrained", accuracy(model, *load(given.data, "t10k")), flush=True)
    curve = []
    if given.level_epochs:
        curve = fit(model, given.data, work / "levels", epochs=given.level_epochs, rate=1e-3, teacher=teacher,
                    before_step=None if given.start else model.add_more, after_step=model.clamp)
    model.unrolled = True
    print("unrolled, untrained", accuracy(model, *load(given.data, "t10k")), flush=True)
    if given.step_epochs:
        curve += fit(model, given.data, work / "steps", epochs=given.step_epochs, rate=4e-4, teacher=teacher,
                     after_step=model.clamp, loss_terms=model.loss_terms)
    torch.save(model.state_dict(), work / "model.pt")
    (work / "curve.json").write_text(json.dumps(curve))
    print("fashion-sew", accuracy(model, *load(given.data, "t10k")))


if __name__ == "__main__":
    main()
