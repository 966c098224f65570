"""One layer of neurons under every discretisation profile, each written as the simulator of that name computes it.

Dense weights are multiples of 2^-7 with 127 of them in each row, inputs multiples of 2^-4, and decays short sums of
powers of two wherever the profile lets them be, so that float32 and integers have nothing to round; where it does not
(e^x), no membrane comes near its threshold. The spikes are those that leave the layer, so late ones are late here.
"""

import json
import pathlib

import numpy as np

PATH = pathlib.Path(__file__).parents[2] / "host-tools/src/test/golden/profiles.json"
SEED = 4
INPUTS, NEURONS, STEPS, FULL_SCALE = 5, 6, 40, 16


def snntorch_subtract(p, x):
    """snntorch.Leaky and Synaptic, reset_mechanism="subtract", reset_delay=True."""
    syn, mem, out = 0.0, np.zeros(NEURONS), []
    for drive in x:
        reset = mem > p["threshold"]
        syn = p["alpha"] * syn + p["gain_syn"] * drive
        mem = p["beta"] * mem + p["gain"] * syn + p["leak"] - reset * p["threshold"]
        out.append(mem > p["threshold"])
    return out


def snntorch(p, x):
    """The NIR paper's snnTorch runs: to a value, within the step."""
    syn, mem, out = 0.0, np.zeros(NEURONS), []
    for drive in x:
        syn = p["alpha"] * syn + p["gain_syn"] * drive
        mem = p["beta"] * mem + p["gain"] * syn + p["leak"]
        spk = mem > p["threshold"]
        mem = np.where(spk, p["reset"], mem)
        out.append(spk)
    return out


def subtract(p, x):
    """Soft reset within the step."""
    syn, mem, out = 0.0, np.zeros(NEURONS), []
    for drive in x:
        syn = p["alpha"] * syn + p["gain_syn"] * drive
        mem = p["beta"] * mem + p["gain"] * syn + p["leak"]
        spk = mem > p["threshold"]
        mem = mem - spk * p["threshold"]
        out.append(spk)
    return out


def spyx(p, x):
    """spyx.nn.IF and LIF; RCuBaLIF where there is a synapse. Spikes are those of the membrane before the update."""
    current, v, out = 0.0, np.zeros(NEURONS), []
    for drive in x:
        spikes = v > p["threshold"]
        if p["cuba"]:
            v = v - spikes * p["threshold"]
            current = p["alpha"] * current + p["gain_syn"] * drive
            v = p["beta"] * v + p["gain"] * current + p["leak"]
        else:
            v = p["beta"] * v + p["gain"] * drive + p["leak"] - spikes * p["threshold"]
        out.append(spikes)
    return out


def sinabs(p, x):
    """sinabs.layers.LIF and IAF: MultiSpike, MembraneSubtract, min_v_mem = -spike_threshold."""
    syn, v, out = 0.0, np.zeros(NEURONS), []
    for drive in x:
        syn = p["alpha"] * syn + p["gain_syn"] * drive
        v = p["beta"] * v + p["gain"] * syn + p["leak"]
        v = np.maximum(v, -p["threshold"])
        spikes = np.where(v > 0, np.floor(v / p["threshold"]), 0)
        v = v - spikes * p["threshold"]
        p["margin"] = min(p["margin"], np.abs(v / p["threshold"] - np.rint(v / p["threshold"]))[v > 0].min(initial=1))
        out.append(spikes)
    return out


def loihi(p, x):
    """Decays of 12 bits, reset to a value, spikes a step late."""
    return [np.zeros(NEURONS), *snntorch(p, x)[:-1]]


def euler(dt, tau):
    return 1 - dt / tau


def twelve_bits(dt, tau):
    return (4096 - np.rint(4096 * dt / tau)) / 4096


def exact(dt, tau):
    return np.exp(-dt / tau)


# simulator, decay, whether IF multiplies by dt and r, whether a synaptic current is known
PROFILES = {
    "snntorch": (snntorch, euler, True, True),
    "norse": (snntorch, euler, False, True),
    "subtract": (subtract, euler, False, True),
    "snntorch-subtract": (snntorch_subtract, euler, True, True),
    "spyx": (spyx, euler, False, True),
    "sinabs": (sinabs, exact, False, False),
    "loihi": (loihi, twelve_bits, False, True),
    "custom:reset=subtract,spikes=many,compare=at-least,floor=threshold": (sinabs, euler, False, True),
}


def case(random, profile, kind):
    simulate, decay, if_scaled, _ = PROFILES[profile]
    weight = random.integers(-50, 90, (NEURONS, INPUTS))
    weight[:, 0] = 127
    inputs = random.integers(0, FULL_SCALE + 1, (STEPS, INPUTS)) * (random.random((STEPS, INPUTS)) < 0.4)
    dt = 0.25
    tau = np.asarray(random.choice([0.5, 1.0, 2.0], NEURONS))
    tau_syn = np.asarray(random.choice([0.5, 1.0], NEURONS))
    threshold = np.asarray(random.choice([0.25, 0.5, 1.0], NEURONS))
    reset = np.asarray(random.choice([0.0, -0.125], NEURONS))
    leak = np.zeros(NEURONS) if "many" in profile or profile == "sinabs" else random.choice([0.0, 0.125], NEURONS)
    node = {"threshold": threshold, "reset": reset}
    p = {"alpha": 0.0, "gain_syn": 1.0, "threshold": threshold, "reset": reset, "leak": 0.0, "cuba": kind == "CubaLIF",
         "margin": 1.0}
    if kind == "IF":
        node["r"] = np.full(NEURONS, 4.0)
        p |= {"beta": 1.0, "gain": dt * node["r"] if if_scaled else 1.0}
    else:
        node |= {"tau": tau, "r": np.full(NEURONS, 4.0), "leak": leak}
        p |= {"beta": decay(dt, tau), "gain": dt / tau * 4.0, "leak": dt / tau * leak}
    if kind == "CubaLIF":
        node["tau_syn"] = tau_syn
        p |= {"alpha": decay(dt, tau_syn), "gain_syn": dt / tau_syn}
    x = (weight / 128) @ (inputs / FULL_SCALE).T
    spikes = np.array(simulate(p, x.T)).astype(int)
    if spikes.sum() < 30 or profile == "sinabs" and p["margin"] < 2e-3:
        return None
    return {"name": f"{profile} {kind}", "profile": profile, "kind": kind, "dt": dt,
            "node": {key: value.tolist() for key, value in node.items()}, "weight": (weight / 128).tolist(),
            "input": inputs.astype(int).tolist(), "spikes": spikes.tolist()}


if __name__ == "__main__":
    random = np.random.default_rng(SEED)
    cases = []
    for profile, (_, _, _, knows_current) in PROFILES.items():
        for kind in ("IF", "LIF", "CubaLIF") if knows_current else ("IF", "LIF"):
            made = None
            while made is None:
                made = case(random, profile, kind)
            cases.append(made)
    head = {"maker": "bench-rigs/golden/profiles.py", "numpy": np.__version__, "seed": SEED, "full_scale": FULL_SCALE}
    PATH.write_text(json.dumps(head | {"cases": cases}, separators=(",", ":")) + "\n")
    for made in cases:
        print(made["name"], "spikes", np.sum(made["spikes"]), "most", np.max(made["spikes"]))
