"""Trains models/fashion-sew.nir: a residual network of 4 time steps on Fashion-MNIST whose blocks add spikes (SEW).

    python3 fashion_sew.py --data FOLDER --ann states/fashion-ann.pt

Wiring: Fang et al., NeurIPS 2021 (spike-element-wise ADD): out = IF(BN(conv(x))) + x, and where a block halves the
image both terms are ORs over 2x2 spikes. Neuron: integrate and fire, soft reset, strictly above: u <- u + x;
s = u > theta; u <- u - theta s; one trained theta a layer. The image is a constant current; its convolution is computed
once. Readout: the mean over time of an affine layer.

The layers are those of fashion_ann.py, whose weights the training begins from (`--ann`) and whose answers teach it.
Two phases. First one pass of 4-level activations stands for the four steps (Bu et al., ICLR 2022, floor of 4 x / theta):
a soft-reset neuron under constant input fires just that often. Then the four steps themselves are trained through time.
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
ADDS = (False, False, True, False, True)  # which blocks add their input
FIRST_THETA = 0.97  # the quantile of a ReLU's positive values that begins as its layer's threshold


class Stage(torch.nn.Module):
    """conv 3x3, batch norm, neuron, residual addition, pool; x is (n, c, h, w), or (T n, c, h, w) when unrolled."""

    def __init__(self, inputs, outputs, pooled, adds):
        super().__init__()
        self.conv = torch.nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.norm = torch.nn.BatchNorm2d(outputs)
        self.theta = torch.nn.Parameter(torch.tensor(2.0))
        self.pooled, self.adds = pooled, adds

    def levels(self, x):
        """Phase one: the mean of four steps as one value in 0, 1/4 .. 1; the gradient of the clip."""
        z = (self.norm(self.conv(x)) / self.theta).clamp(0, 1)
        level = torch.floor(z * STEPS) / STEPS
        self.rate = level.mean()
        return level.detach() - z.detach() + z

    def spikes(self, x, constant):
        """Phase two: x holds all steps, or one frame that serves all."""
        current = self.norm(self.conv(x)).float()  # membranes keep 32 bits where products have 16
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

    def joined(self, s, x):
        """What the next stage takes: the spikes, pooled where the stage pools, and its input beside them where it adds."""
        if self.pooled:
            s = F.max_pool2d(s, 2)
        if not self.adds:
            return s
        return s + (F.max_pool2d(x, 2) if self.pooled else x)


class Sew(torch.nn.Module):
    def __init__(self, blocks=0):
        """blocks: residual blocks of one convolution each behind the layers of the twin."""
        super().__init__()
        widths = (1, *CHANNELS, *CHANNELS[-1:] * blocks)
        pooled, adds = POOLED + (False,) * blocks, ADDS + (True,) * blocks
        self.stages = torch.nn.ModuleList(
            Stage(widths[k], widths[k + 1], pooled[k], adds[k]) for k in range(len(widths) - 1))
        self.readout = torch.nn.Linear(CHANNELS[-1] * 7 * 7, CLASSES)
        self.dropout = torch.nn.Dropout(0.1)
        self.unrolled = False

    def forward(self, x):
        for k, stage in enumerate(self.stages):
            s = stage.spikes(x, k == 0) if self.unrolled else stage.levels(x)
            x = stage.joined(s, x)
        logits = self.readout(self.dropout(x.flatten(1)))
        return logits.view(STEPS, -1, CLASSES).mean(0) if self.unrolled else logits

    @torch.no_grad()
    def load(self, state):
        """A state of this network or of one with fewer blocks, beside which the new ones nearly keep silent."""
        missing = {int(name.split(".")[1]) for name in self.load_state_dict(state, strict=False).missing_keys}
        for stage in (self.stages[k] for k in missing):
            stage.norm.weight.fill_(0.3)
            stage.norm.bias.fill_(-0.1)
            stage.theta.fill_(1.0)

    @torch.no_grad()
    def begin(self, ann, images):
        """Takes the weights of the conventional twin, and each threshold from its activations on `images`."""
        for mine, theirs in zip(self.stages, ann.stages):
            mine.conv.load_state_dict(theirs.conv.state_dict())
            mine.norm.load_state_dict(theirs.norm.state_dict())
            active = F.relu(theirs.norm(theirs.conv(images)))
            mine.theta.copy_(torch.quantile(active[active > 0][:1_000_000], FIRST_THETA))
            images = theirs(images)
        self.readout.load_state_dict(ann.readout.state_dict())
        self.readout.weight.mul_(self.stages[-1].theta)

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
    options.add_argument("--ann", required=True, help="a state dict of fashion_ann.py, to begin from and to be taught by")
    options.add_argument("--start", help="a state dict of this network to begin from; --level-epochs 0 goes on with the steps")
    options.add_argument("--blocks", type=int, default=0, help="residual blocks behind the layers of the twin")
    options.add_argument("--answers", help="a file of fashion_teachers.py, whose answers teach in place of the twin's")
    options.add_argument("--level-epochs", type=int, default=5)
    options.add_argument("--step-epochs", type=int, default=6)
    options.add_argument("--rate", type=float, default=1e-3, help="the highest learning rate of either phase")
    options.add_argument("--half", action="store_true", help="products of 16-bit brain floats")
    options.add_argument("--average", type=float, help="how much of the running mean of weights stays at each batch, such as 0.998")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--limit", type=int, help="only the first images of both parts, to try the script out")
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(7)
    work = pathlib.Path(given.work or HERE / "work" / "fashion-sew")
    teacher = Ann().to(memory_format=torch.channels_last)
    teacher.load_state_dict(torch.load(given.ann, weights_only=True))
    teacher.eval()
    model = Sew(given.blocks).to(memory_format=torch.channels_last)
    if given.start:
        model.load(torch.load(given.start, weights_only=True))
    else:
        model.begin(teacher, as_current(load(given.data, "train", 512)[0]))
    shared = {"rate": given.rate, "after_step": model.clamp, "teacher": teacher, "loss_terms": model.loss_terms,
              "limit": given.limit, "compiled": given.limit is None, "half": given.half, "mirrored_teacher": True,
              "average": given.average, "answers": torch.load(given.answers, weights_only=True) if given.answers else None}
    curve = []
    if given.level_epochs:
        curve = fit(model, given.data, work / "levels", epochs=given.level_epochs, **shared)
    model.unrolled = True
    print("unrolled, untrained", accuracy(model, *load(given.data, "t10k", given.limit)), flush=True)
    curve += fit(model, given.data, work / "steps", epochs=given.step_epochs, **shared)
    torch.save(model.state_dict(), work / "model.pt")
    (work / "curve.json").write_text(json.dumps(curve))
    print("fashion-sew", accuracy(model, *load(given.data, "t10k", given.limit)))


if __name__ == "__main__":
    main()
