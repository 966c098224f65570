"""Trains a one-time-step Fashion-MNIST network: every hidden value is a bit, thresholds after Datta and Beerel.

    python3 fashion_onestep.py --data FOLDER            # int8 weights: models/fashion-onestep.nir
    python3 fashion_onestep.py --data FOLDER --binary   # weights +-alpha behind the first layer: fashion-binary.nir

Neuron (arXiv 2212.10170, "Hoyer regularizer is all you need", equations read in the authors' public code, none of it
copied): z = BN(conv(s)) / v_th; the layer fires where z >= h, h the Hoyer extremum sum c^2 / sum c of c = clamp(z, 0, 1)
of each channel; a running mean of h serves at test. Surrogate 0.5 where 0 < z <= 2. The loss adds `decay` times the
Hoyer measure (sum c)^2 / sum c^2, which drives potentials away from the threshold.

Channels turn into bits one by one (Dong et al., arXiv 1708.01001): in the first third of the training, each channel of
each sample fires spikes with a probability that grows from 0 to 1, and passes c on otherwise.
"""

import argparse
import json
import pathlib

import torch
from torch.nn import functional as F

from fashion import CHANNELS, CLASSES, POOLED, accuracy, fit, load
from fashion_ann import Ann

HERE = pathlib.Path(__file__).parent
HOYER_DECAY = 1e-8
HARDENED = 0.35  # the share of the training after which every channel spikes
TARGET_RATE = 0.15


class BinaryWeight(torch.autograd.Function):
    """alpha * sign(w), alpha the mean of |w| of each filter; straight through where |w| <= 1."""

    @staticmethod
    def forward(context, weight):
        context.save_for_backward(weight)
        alpha = weight.abs().mean(tuple(range(1, weight.dim())), keepdim=True)
        return torch.where(weight >= 0, alpha, -alpha)

    @staticmethod
    def backward(context, gradient):
        (weight,) = context.saved_tensors
        return gradient * (weight.abs() <= 1)


class SpikingConv(torch.nn.Module):
    """conv 3x3, max pool of the potentials, batch norm, threshold. The batch norm's gain stays positive (`clamp`), so
    that a maximum of potentials is an OR of spikes."""

    def __init__(self, inputs, outputs, pooled, binary):
        super().__init__()
        self.conv = torch.nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.norm = torch.nn.BatchNorm2d(outputs)
        self.v_threshold = torch.nn.Parameter(torch.ones(()))
        self.register_buffer("extremum", torch.full((outputs,), 0.6))
        self.register_buffer("spiking", torch.ones(()))
        self.pooled, self.binary = pooled, binary

    def weight(self):
        return BinaryWeight.apply(self.conv.weight) if self.binary else self.conv.weight

    def forward(self, x):
        potential = F.conv2d(x, self.weight(), padding=1)
        if self.pooled:
            potential = F.max_pool2d(potential, 2)
        z = self.norm(potential) / self.v_threshold.abs()
        clipped = z.clamp(0, 1)
        if self.training:
            squares = (clipped * clipped).sum((0, 2, 3))
            h = (squares / clipped.sum((0, 2, 3)).clamp_min(1e-6)).detach()
            self.extremum.lerp_(h, 0.1)
            self.hoyer = clipped.sum() ** 2 / squares.sum().clamp_min(1e-6)
        else:
            h = self.extremum
        slope = 0.5 * z.clamp(0, 2)
        spikes = (z >= h[:, None, None]).to(z.dtype)
        spikes = spikes.detach() - slope.detach() + slope
        self.rate = spikes.mean()
        if self.training:
            hard = torch.rand(z.shape[0], z.shape[1], 1, 1) < self.spiking
            return torch.where(hard, spikes, clipped)
        return spikes


class OneStep(torch.nn.Module):
    def __init__(self, binary=False, channels=CHANNELS):
        super().__init__()
        widths = (1, *channels)
        self.stages = torch.nn.ModuleList(
            SpikingConv(widths[k], widths[k + 1], POOLED[k], binary and k > 0) for k in range(len(channels)))
        self.readout = torch.nn.Linear(channels[-1] * 7 * 7, CLASSES)
        self.dropout = torch.nn.Dropout(0.1)

    def forward(self, x):
        for stage in self.stages:
            x = stage(x)
        return self.readout(self.dropout(x.flatten(1)))

    def loss_terms(self):
        """The Hoyer measure, and a pull of each layer's rate towards 15 %: sparse layers are what the board is paid in."""
        hoyer = sum(stage.hoyer for stage in self.stages)
        busy = sum(F.relu(stage.rate - TARGET_RATE) ** 2 for stage in self.stages)
        return HOYER_DECAY * hoyer + busy

    def harden(self, progress):
        for stage in self.stages:
            stage.spiking.fill_(min(1.0, progress / HARDENED))

    @torch.no_grad()
    def clamp(self):
        for stage in self.stages:
            stage.norm.weight.clamp_(min=1e-2)
            if stage.binary:
                stage.conv.weight.clamp_(-1, 1)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, help="the folder of the four IDX files")
    options.add_argument("--work", help="where checkpoints go; default work/NAME")
    options.add_argument("--binary", action="store_true")
    options.add_argument("--epochs", type=int, default=32)
    options.add_argument("--rate", type=float, default=2e-3, help="the highest learning rate of the cycle")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--start", help="a state dict to begin from; every channel spikes at once")
    options.add_argument("--teacher", help="a state dict of fashion_ann.py, whose softened answers carry half of the loss")
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(7)
    name = "fashion-binary" if given.binary else "fashion-onestep"
    work = pathlib.Path(given.work or HERE / "work" / name)
    model = OneStep(given.binary).to(memory_format=torch.channels_last)
    if given.start:
        model.load_state_dict(torch.load(given.start, weights_only=True))
    teacher = None
    if given.teacher:
        teacher = Ann().to(memory_format=torch.channels_last)
        teacher.load_state_dict(torch.load(given.teacher, weights_only=True))
        teacher.eval()
    curve = fit(model, given.data, work, epochs=given.epochs, rate=given.rate, teacher=teacher, after_step=model.clamp,
                loss_terms=model.loss_terms, before_step=None if given.start else model.harden)
    torch.save(model.state_dict(), work / "model.pt")
    (work / "curve.json").write_text(json.dumps(curve))
    print(name, accuracy(model, *load(given.data, "t10k")))


if __name__ == "__main__":
    main()
