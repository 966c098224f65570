#!/usr/bin/env python3
"""Writes golden/um25c.txt: answers of a USB tester UM25C or UM24C, byte for byte, and what they say.

Made from RDTech's table of the 130 bytes that the testers send over Bluetooth (all numbers big endian: model, volts,
amperes, milliwatts, temperatures, ten groups of charge and energy, data lines, mode, threshold group, minutes, resistance,
page, brightness, ...), without any code of ours. A line is a title, V, A, W and the answer in hex; then answers that have
to be refused. Use: python3 um25c_frames.py > .../golden/um25c.txt
"""
import struct

UM24C, UM25C, UM34C = 0x0963, 0x09C9, 0x0D4C


def answer(model, volts, amps, milliwatts, celsius=28, groups=()):
    head = struct.pack(">HHHIHH", model, volts, amps, milliwatts, celsius, celsius * 9 // 5 + 32)
    pairs = list(groups) + [(0, 0)] * (10 - len(groups))
    body = struct.pack(">H", 0) + b"".join(struct.pack(">II", *pair) for pair in pairs)
    tail = struct.pack(">HHH", 271, 268, 7) + struct.pack(">II", 1234, 5678) + struct.pack(">HI", 10, 3661)
    rest = struct.pack(">HHHIH", 0, 1, 4, volts * 10 // max(1, amps), 0)
    return head + body + tail + rest + b"\xff\xf1"


def good(title, volts, amps, watts, frame):
    assert len(frame) == 130, len(frame)
    print(title, volts, amps, watts, frame.hex(), sep="; ")


def bad(title, frame):
    print(title, "refused", frame.hex(), sep="; ")


print("# made by bench-rigs/golden/um25c_frames.py: title; volts; amperes; watts; 130 bytes")
good("fine steps", 5.123, 0.4321, 2.213, answer(UM25C, 5123, 4321, 2213, groups=[(120, 611)]))
good("coarse steps", 5.12, 0.432, 2.211, answer(UM24C, 512, 432, 2211))
good("coarse steps under the fine one's number", 5.07, 1.5, 7.605, answer(UM25C, 507, 1500, 7605))
good("nothing flows, fine", 5.087, 0.0, 0.0, answer(UM25C, 5087, 0, 0))
good("nothing flows, coarse", 5.09, 0.0, 0.0, answer(UM34C, 509, 0, 0))
good("the most that it bears", 24.0, 5.0, 120.0, answer(UM25C, 24000, 50000, 120000))
good("more than sixteen bits of milliwatts", 20.0, 4.0, 80.0, answer(UM34C, 2000, 4000, 80000))
bad("another model", answer(0x1234, 5123, 4321, 2213))
bad("power that is not the product", answer(UM25C, 5123, 4321, 9999))
