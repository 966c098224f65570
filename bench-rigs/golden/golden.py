"""What the makers share: the generator, rounding, and the file format.

A golden file is gzipped text. Lines that start with # name the maker. `case NAME` begins a case; each further line is a
key and its integers (or words), row by row where an array has several dimensions.
"""

import gzip
import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parents[2] / "device-runtime/src/test/resources/golden"
MASK = (1 << 64) - 1


class Xorshift:
    """Marsaglia's 64-bit xorshift, shifts 13, 7, 17 (J. Stat. Softw. 8(14), 2003)."""

    def __init__(self, seed):
        self.state = seed

    def next(self, bits):
        x = self.state
        x = (x ^ x << 13) & MASK
        x ^= x >> 7
        x = (x ^ x << 17) & MASK
        self.state = x
        return x >> 64 - bits

    def many(self, count, bits):
        return np.array([self.next(bits) for _ in range(count)], dtype=np.int64)


def trunc(numerator, denominator):
    """The quotient rounded toward zero, element by element."""
    numerator = np.asarray(numerator, dtype=np.int64)
    return np.sign(numerator) * (np.abs(numerator) // denominator)


def half_up(numerator, denominator):
    return (2 * numerator + denominator) // (2 * denominator)


class Case:
    def __init__(self, name):
        self.name = name
        self.lines = []

    def put(self, key, value):
        if isinstance(value, str):
            self.lines.append(f"{key} {value}")
        else:
            self.lines.append(" ".join([key, *(str(int(v)) for v in np.asarray(value).ravel())]))
        return self


def write(name, maker, seed, cases, what="exact integers"):
    text = f"# maker bench-rigs/golden/{maker}, numpy {np.__version__}, seed {seed}; {what}\n"
    for case in cases:
        text += f"case {case.name}\n" + "\n".join(case.lines) + "\n"
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.txt.gz"
    path.write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))
    print(f"{path.name}: {len(cases)} cases, {path.stat().st_size} bytes")
