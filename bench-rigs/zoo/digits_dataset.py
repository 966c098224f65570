"""Writes data/digits.h5: the optical digits in the form that Spikelet reads, with a fixed split.

Source: "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998,
https://doi.org/10.24432/C50P49, CC BY 4.0; the 1,797 scans that scikit-learn carries as load_digits (the set's official
test part). Each is an 8x8 count of ink, 0..16, of a real person's handwriting.

    python3 digits_dataset.py
"""

import hashlib
import pathlib

import h5py
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

SPLIT_SEED = 20251
TEST, CALIBRATION = 500, 200
PATH = pathlib.Path(__file__).parent / "data" / "digits.h5"


def main():
    digits = load_digits()
    x = digits.images.astype(np.uint8)[:, None, :, :]
    y = digits.target.astype(np.uint8)
    order = np.arange(len(y))
    rest, test = train_test_split(order, test_size=TEST, random_state=SPLIT_SEED, stratify=y)
    train, calibration = train_test_split(rest, test_size=CALIBRATION, random_state=SPLIT_SEED, stratify=y[rest])
    PATH.parent.mkdir(exist_ok=True)
    with h5py.File(PATH, "w", track_order=True) as file:
        file.attrs["name"] = "optical digits 8x8"
        file.attrs["classes"] = np.int64(10)
        file.attrs["full_scale"] = np.int64(16)  # the integer that means 1.0
        file.attrs["source"] = "Alpaydin & Kaynak 1998, UCI, doi:10.24432/C50P49"
        file.attrs["licence"] = "CC BY 4.0"
        for name, part in (("train", train), ("calibration", calibration), ("test", test)):
            group = file.create_group(name)
            group.create_dataset("x", data=x[part], compression="gzip", compression_opts=9)
            group.create_dataset("y", data=y[part], compression="gzip", compression_opts=9)
    print(f"{PATH.name}: {len(train)} train, {len(calibration)} calibration, {len(test)} test,"
          f" {PATH.stat().st_size} bytes, sha256 {hashlib.sha256(PATH.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
