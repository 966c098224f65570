"""Golden values for io.spikelet.bench.energy: Student's t, intervals of sums with rectangular parts, paired tests.

SciPy computes them (made with 1.17.1): distributions by scipy.stats.t, sums of a Student's and rectangular parts by nested adaptive
quadrature and a root search, tests by ttest_rel, permutation_test and binomtest. Nothing of it is shared with the Java code, which
convolves on a grid and takes the incomplete beta function from Commons Numbers.
"""

import os

import numpy as np
from scipy import integrate, optimize, stats

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "test", "resources", "golden", "energy")


def write(name, header, rows):
    os.makedirs(HERE, exist_ok=True)
    with open(os.path.join(HERE, name), "w") as file:
        file.write("# bench-rigs/golden/energy.py, SciPy\n# " + header + "\n")
        for row in rows:
            file.write(",".join(value if isinstance(value, str) else repr(float(value)).replace("inf", "Infinity") for value in row) + "\n")


def student():
    for degrees in (1, 2.5, 4, 7.3, 19, 120, np.inf):
        law = stats.norm if np.isinf(degrees) else stats.t(degrees)
        for share in (0.6, 0.9, 0.95, 0.975, 0.99, 0.9995):
            yield degrees, share, law.ppf(share), law.cdf(-law.ppf(share) / 2)


def below(x, limits, scale, degrees):
    """Distribution function of the sum: the Student's part averaged over every box in turn."""
    if not limits:
        if scale == 0:
            return float(x >= 0)
        return (stats.norm if np.isinf(degrees) else stats.t(degrees)).cdf(x / scale)
    a, rest = limits[0], limits[1:]
    if not rest and scale == 0:
        return min(1.0, max(0.0, (x + a) / (2 * a)))
    value, _ = integrate.quad(lambda y: below(x - y, rest, scale, degrees), -a, a, epsabs=1e-10, epsrel=1e-10, limit=200)
    return value / (2 * a)


def coverage():
    cases = [
        ((1.0,), 0.0, np.inf),
        ((1.0,), 0.1, np.inf),
        ((1.0,), 0.125, np.inf),
        ((1.0,), 0.5, 4),
        ((1.0, 0.05), 0.02, 4),
        ((1.0, 0.3), 0.2, 6.5),
        ((0.2, 0.1), 1.0, 4),
        ((1.0, 1.0), 0.0, np.inf),
    ]
    for limits, scale, degrees in cases:
        for level in (0.95, 0.98):
            half = optimize.brentq(
                lambda x: below(x, limits, scale, degrees) - (1 + level) / 2, 0, sum(limits) + 60 * scale, xtol=1e-10
            )
            both = limits + (0.0,) if len(limits) == 1 else limits
            yield both[0], both[1], scale, degrees, level, half


def paired():
    random = np.random.default_rng(8)
    for pairs in (5, 8, 12):
        a = 100 + random.normal(0, 3, pairs)
        b = a * np.exp(random.normal(0.01, 0.01, pairs))
        logs = np.log(b / a)
        test = stats.ttest_rel(np.log(b), np.log(a))
        low, high = test.confidence_interval(0.95)
        plain = stats.ttest_rel(b, a)
        below_, above = plain.confidence_interval(0.95)
        flips = stats.permutation_test((logs,), np.mean, permutation_type="samples", n_resamples=np.inf)
        sign = stats.binomtest(int((logs > 0).sum()), pairs)
        yield [
            str(pairs), *a, *b, np.mean(b - a), below_, above, np.exp(np.mean(logs)), np.exp(low), np.exp(high),
            test.pvalue, flips.pvalue, sign.pvalue,
        ]


write("student.csv", "degrees, share, quantile, probability below minus half of that", student())
write("coverage.csv", "limit, limit, scale, degrees, level, half width", coverage())
write("paired.csv", "pairs, a.., b.., difference, low, high, ratio, low, high, t test, permutation, sign", paired())
