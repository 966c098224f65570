#!/usr/bin/env python3
"""Makes golden_image.hex and public_key.pem beside this file, without any of Spikelet's code.

Layout: MCUboot, boot/bootutil/include/bootutil/image.h (struct image_header, image_tlv_info, image_tlv and the TLV
numbers). Order of the TLVs, key hash and what Ed25519 signs: MCUboot, scripts/imgtool/image.py (Image.create,
Image.add_header, not --pure) and scripts/imgtool/keys/ed25519.py (get_public_bytes, sign_digest).

Needs Python 3.9 or newer and the package `cryptography`. Run: python3 make_golden_image.py
The seed is the secret key of RFC 8032, section 7.1, TEST 1; it protects nothing.
"""

import hashlib
import pathlib
import struct

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PAYLOAD = bytes(range(256)) + b"a payload of an odd length"
MAJOR, MINOR, REVISION, BUILD = 1, 2, 772, 0x89ABCDEF


def tlv(kind: int, value: bytes) -> bytes:
    return struct.pack("<BBH", kind, 0, len(value)) + value


def make_image(key: Ed25519PrivateKey) -> bytes:
    header = struct.pack(
        "<IIHHIIBBHII", 0x96F3B83D, 0, 32, 0, len(PAYLOAD), 0, MAJOR, MINOR, REVISION, BUILD, 0
    )
    digest = hashlib.sha256(header + PAYLOAD).digest()
    subject_public_key_info = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    tlvs = tlv(0x10, digest)
    tlvs += tlv(0x01, hashlib.sha256(subject_public_key_info).digest())
    tlvs += tlv(0x24, key.sign(digest))
    return header + PAYLOAD + struct.pack("<HH", 0x6907, 4 + len(tlvs)) + tlvs


def main() -> None:
    folder = pathlib.Path(__file__).parent
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    image = make_image(key).hex()
    lines = [image[i : i + 64] for i in range(0, len(image), 64)]
    (folder / "golden_image.hex").write_text("\n".join(lines) + "\n")
    (folder / "public_key.pem").write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )


if __name__ == "__main__":
    main()
