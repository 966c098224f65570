#!/usr/bin/env python3
"""Makes golden_payload.hex and golden_payload_4.hex beside this file from the words of model.proto alone, without Spikelet's code or protoc.

Varints, tags and packed fields after the Protocol Buffers encoding guide; weights packed as WeightKind in model.proto
says, by one large integer. Needs Python 3.9 or newer. Run: python3 make_golden_payload.py
"""

import pathlib
import struct

KINDS = {  # number of the enum, bits, seven codes
    "int8": (1, 8, [-127, 127, 1, 0, -1, 64, -64]),
    "int4": (2, 4, [-7, 7, 1, 0, -1, 4, -4]),
    "ternary": (3, 2, [1, -1, 0, 0, 1, 1, -1]),
    "binary": (4, 1, [1, -1, -1, 1, 1, 1, -1]),
    "log2": (5, 5, [1, 0x1F, 0, 15, 0x11, 9, 2]),
}


def varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value) if value else b""


def block(field: int, body: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(body)) + body


def real(field: int, value: float) -> bytes:
    return varint(field << 3 | 1) + struct.pack("<d", value)


def signed(field: int, values: list[int]) -> bytes:
    return block(field, b"".join(varint(v * 2 if v >= 0 else -v * 2 - 1) for v in values))


def weights(kind: str) -> bytes:
    _, bits, codes = KINDS[kind]
    packed = 0
    for i, code in enumerate(codes):
        field = (code + 1) // 2 if kind == "binary" else code % (1 << bits)
        packed |= field << (i * bits)
    return packed.to_bytes((len(codes) * bits + 7) // 8, "little")


def layer(name: str, source, size: int, kind: int, maximum: int, operation: bytes, below_zero: int = 0) -> bytes:
    body = block(1, name.encode())
    if source is not None:
        body += block(2, number(1, source))
    body += block(3, number(1, size) + number(2, 1) + number(3, 1))
    return block(6, body + block(4, number(1, kind) + number(2, maximum) + number(3, below_zero)) + operation)


def main() -> None:
    payload = number(1, 2) + block(2, b"golden") + number(3, 2)
    payload += block(4, block(3, number(1, 255) + varint(2 << 3 | 1) + struct.pack("<q", -2)))
    payload += block(5, number(1, 2) + number(2, 1) + number(3, 1) + block(4, number(2, 7) + number(3, 2)))
    payload += layer("in", None, 7, 1, 1, block(5, b""))
    for kind, (enum, _, _) in KINDS.items():
        dense = number(1, 1) + number(2, 7) + number(3, enum)
        dense += block(4, weights(kind)) + block(5, struct.pack("<f", 0.5))
        payload += layer(kind, 0, 1, 3, 1 << 20, block(6, dense))
    drive = number(1, 2) + signed(2, [3, -4]) + signed(3, [5, -6]) + number(4, 1)
    neuron = number(1, 3) + number(2, 1) + number(4, 2) + signed(6, [32768]) + signed(7, [0]) + signed(8, [0])
    neuron += signed(9, [0]) + number(10, 2) + signed(11, [9, -9]) + block(12, drive)
    neuron += block(13, struct.pack("<f", 0.25)) + number(14, 1 << 30)
    payload += layer("out", 1, 1, 3, 1 << 29, block(9, neuron))
    payload += block(7, block(1, b"norse") + real(2, 0.001))
    payload += block(10, block(3, b"python") + real(4, 1.0) + real(5, 0.5))
    write("golden_payload.hex", payload)


def write(name: str, payload: bytes) -> None:
    lines = [payload.hex()[i : i + 64] for i in range(0, 2 * len(payload), 64)]
    (pathlib.Path(__file__).parent / name).write_text("\n".join(lines) + "\n")


def version_4() -> None:
    """Bursts that are taken back, on an edge of -1..5; read as potentials."""
    payload = number(1, 4) + block(2, b"calibrated") + number(3, 8) + block(4, block(1, b""))
    payload += block(5, number(1, 2) + number(2, 1) + number(3, 1) + block(4, number(3, 1)))
    payload += layer("in", None, 1, 1, 1, block(5, b""))
    drive = number(1, 1) + signed(2, [7]) + signed(3, [-1]) + number(4, 1)
    neuron = number(1, 2) + number(2, 5) + number(4, 2) + signed(6, [32768]) + signed(7, [0]) + signed(8, [32768])
    neuron += signed(9, [-10]) + number(10, 1) + signed(11, [10]) + block(12, drive)
    neuron += block(13, struct.pack("<f", 0.5)) + number(14, 1000) + block(16, number(1, 4) + number(2, 2))
    payload += layer("out", 0, 1, 3, 5, block(9, neuron), below_zero=1)
    payload += block(7, block(1, b"subtract") + real(2, 0.001))
    payload += block(10, block(3, b"python") + real(4, 1.0) + real(5, 0.5))
    write("golden_payload_4.hex", payload)


if __name__ == "__main__":
    main()
    version_4()
