#!/usr/bin/env python3
"""Writes golden/meters/*.txt: byte streams of fast instruments, and what they mean.

Made from the instruments' public descriptions, without any code of ours: Nordic's pc-nrfconnect-ppk and IRNAS'
ppk2-api-python for the Power Profiler Kit II, ST's UM2269 and the tools that speak it for the LPM01A, Keithley's DMM6500
reference, qoitech/otii-tcp-client-python. Watts come from the equations.
Lines: "answer TRIGGER HEX" is what the instrument says to a request that ends so (hex too), "sample NANOS WATTS VOLTS
AMPS", "edge NANOS INPUT LEVEL", "counts LOST BROKEN SWITCHES". Use: python3 meter_streams.py FOLDER
"""
import json
import os
import random
import struct
import sys


class Golden:
    def __init__(self, title):
        self.lines = ["# made by bench-rigs/golden/meter_streams.py: " + title]
        self.lost = self.broken = self.switches = 0

    def answer(self, trigger, data):
        self.lines.append("answer %s %s" % (trigger.hex(), data.hex()))

    def sample(self, nanos, volts, amps):
        self.power(nanos, volts * amps, volts, amps)

    def power(self, nanos, watts, volts, amps):
        self.lines.append("sample %d %r %r %r" % (nanos, watts, volts, amps))

    def edge(self, nanos, number, level):
        self.lines.append("edge %d %d %d" % (nanos, number, level))

    def write(self, path):
        self.lines.append("counts %d %d %d" % (self.lost, self.broken, self.switches))
        with open(path, "w") as file:
            file.write("\n".join(self.lines) + "\n")


def ppk2(path):
    golden = Golden("a Power Profiler Kit II at 3.3 V through its five ranges, edges, a gap, a word cut, a word damaged")
    dice = random.Random(8)
    coefficients = {
        "R": [1003.35, 101.58, 10.30, 0.9636, 0.0564],
        "GS": [0.0, 112.79, 18.01, 2.02, 0.0],
        "GI": [1.0, 0.9695, 0.9609, 0.9519, 0.9582],
        "O": [112.942, 75.3416, 64.6038, 50.4294, 87.2177],
        "S": [0.000000048, 0.000000596, 0.00000528, 0.0000625, 0.0012],
        "I": [-0.000000104, -0.00000144, 0.00000128, 0.000083, -0.00015],
        "UG": [1.0, 1.0, 1.01, 1.0, 0.99],
    }
    text = "Calibrated: 0\n"
    for name, values in coefficients.items():
        text += "".join("%s%d: %.9f\n" % (name, at, value) for at, value in enumerate(values))
    text += "VDD: 3300\nHW: 9173\nmode: 2\nIA: 56\nEND\n"
    # A coefficient told as 0 leaves the vendor's own value, which is 1 for GS.
    used = {name: [float("%.9f" % v) or {"GS": 1.0}.get(name, 0.0) for v in values] for name, values in coefficients.items()}

    volts = 3.3
    state = {"fast": None, "slow": None, "range": None, "left": 0, "run": 0}

    def amps(reach, adc):
        c = {name: values[reach] for name, values in used.items()}
        w = 1.8 * (4 * adc - c["O"]) / (163840 * c["R"])
        raw = c["UG"] * (c["GS"] * w * w + c["GI"] * w + c["S"] * volts + c["I"])
        before = state["fast"], state["slow"]
        state["fast"] = raw if state["fast"] is None else 0.18 * raw + 0.82 * state["fast"]
        state["slow"] = raw if state["slow"] is None else 0.06 * raw + 0.94 * state["slow"]
        switched = state["range"] is not None and state["range"] != reach
        state["range"] = reach
        if not switched and state["left"] <= 0:
            return raw
        if switched:
            state["run"], state["left"] = 0, 3
        else:
            state["run"] += 1
        state["left"] -= 1
        if reach != 4:
            return state["fast"]
        if state["run"] < 2:
            state["fast"], state["slow"] = before
        return state["slow"]

    stream = bytearray()
    reach, inputs, counter = 0, 0xFF, 61
    for at in range(420):
        if at in (50, 110, 160, 200, 260, 310, 311):
            was, reach = reach, {50: 1, 110: 2, 160: 3, 200: 4, 260: 2, 310: 4, 311: 3}[at]
            golden.switches += 1
        level = inputs
        if at in (70, 72, 230):
            level = inputs ^ (0x81 if at == 230 else 0x01)
        adc = dice.randrange(30, 16384)
        word = struct.pack("<I", adc | reach << 14 | (counter + at) % 64 << 18 | level << 24)
        if 100 <= at < 105:  # taken, never sent
            golden.lost += 1
            continue
        if at == 140:  # its last byte is missing: what follows must make neither edge nor sample
            stream += word[:3]
            golden.broken += 1
            continue
        if at == 170:  # a flipped bit in its counter
            stream += bytes([word[0], word[1], word[2] ^ 0x40, word[3]])
            golden.broken += 1
            continue
        if at == 240:  # bytes that belong to nothing
            stream += b"\x55\xaa\x55"
        stream += word
        nanos = at * 10000
        for number in range(8):
            if (level ^ inputs) >> number & 1:
                golden.edge(nanos, number, level >> number & 1)
        inputs = level
        golden.sample(nanos, volts, amps(reach, adc))
    golden.answer(b"\x19", text.encode())
    golden.answer(b"\x06", bytes(stream))
    golden.write(path)


LPM01A_SET = ["htc", "volt 3300m", "acqtime inf", "trigsrc sw", "eventsrc d7 fal", "pwr on", "pwrend on"]


def lpm01a_answers(golden, commands):
    for command in LPM01A_SET + commands:
        golden.answer((command + "\n").encode(), b"PowerShield > ack " + command.encode() + b"\r\n")


def lpm01a_text(path):
    golden = Golden("an LPM01A, 1 kHz of energy as text at 3.3 V; events, a gap that a time stamp tells, damaged lines")
    dice = random.Random(9)
    lpm01a_answers(golden, ["output energy", "format ascii_dec", "freq 1k"])
    stream = b"PowerShield > ack start\r\n\r\n"
    count = 0
    for at in range(500):
        if at % 100 == 0:
            stream += b"TimeStamp: %03ds %03dms, buff %02d%%\r\n" % (at // 1000, at % 1000, at // 100)
            golden.lost += at - count
            count = at
        if 150 <= at < 157:  # taken, never sent
            continue
        if at in (30, 330):
            stream += b"event 07 fal\r\n"
            golden.edge(count * 1000000, 0, 0)
        if at == 80:
            stream += b"event 07 ris\r\n"  # of a falling edge too, as "eventsrc d7 fal" asked for
            golden.edge(count * 1000000, 0, 0)
        mantissa, exponent = dice.randrange(10000), dice.randrange(3, 11)
        line = b"%04d-%02d\r\n" % (mantissa, exponent)
        count += 1
        if at in (41, 342):
            stream += {41: b"64x9-07\r\n", 342: b"nan\r\n"}[at]
            golden.broken += 1
            continue
        stream += line
        watts = mantissa / 10**exponent * 1000
        golden.power(count * 1000000, watts, 3.3, watts / 3.3)
    golden.answer(b"start\n", stream)
    golden.write(path)


def lpm01a_bytes(path):
    golden = Golden("an LPM01A, 100 kHz of current as bytes; time stamps, an event as words, the supply's voltage told")
    dice = random.Random(10)
    lpm01a_answers(golden, ["output current", "format bin_hexa", "freq 100k"])
    stream = bytearray(b"PowerShield > ack start\r\n")
    volts = 3.3
    count = 0
    for at in range(1000):
        if at % 500 == 0:
            stream += b"\xf0\xf3" + struct.pack(">IB", at // 100 | (0x80000000 if at else 0), 3) + b"\xff\xff"
            golden.lost += at - count
            count = at
        if 200 <= at < 330:  # more than a millisecond's
            continue
        if at == 600:
            stream += b"\xf0\xf7" + struct.pack(">H", 3250) + b"\xff\xff"
            volts = 3.25
        if at == 700:
            stream += b"\xf0\xf2event 07 fal\xff\xff"
            golden.edge(count * 10000, 0, 0)
        exponent, mantissa = dice.randrange(15), dice.randrange(4096)
        count += 1
        stream += bytes([exponent << 4 | mantissa >> 8, mantissa & 0xFF])
        golden.sample(count * 10000, volts, mantissa / 16**exponent)
    golden.answer(b"start\n", bytes(stream))
    golden.write(path)


def scpi(path):
    golden = Golden("a DMM6500 that digitises at 20 kHz, a board at 5 V; a gap, a reading out of range, one without a number")
    dice = random.Random(11)
    golden.answer(b"*IDN?\n", b"KEITHLEY INSTRUMENTS,MODEL DMM6500,04500000,1.7.12b\r\n")
    for _ in range(2):
        golden.answer(b":SYST:ERR?\n", b'0,"No error;0;0 0"\n')
    readings = []
    at = 0
    for number in range(700):
        if number == 300:
            at += 3
            golden.lost += 3
        seconds = "%.9f" % (at / 20000)
        amps = "%.6E" % (dice.uniform(-0.001, 3))
        if number in (120, 650):
            amps = {120: "9.900000E+37", 650: "9.910000E+37"}[number]
            golden.broken += 1
        else:
            golden.sample(at * 50000, 5.0, float(amps))
        readings.append(seconds + "," + amps)
        at += 1
    first = 0
    for end in (250, 700, 700):
        golden.answer(b':TRAC:ACT:END? "defbuffer1"\n', b"%d\n" % end)
        if end > first:
            count = min(end - first, 500)
            question = ':TRAC:DATA? %d,%d,"defbuffer1",REL,READ\n' % (first + 1, first + count)
            golden.answer(question.encode(), ",".join(readings[first:first + count]).encode() + b"\n")
            first += count
    for _ in range(9):
        golden.answer(b':TRAC:ACT:END? "defbuffer1"\n', b"700\n")
    golden.write(path)


def otii(path):
    golden = Golden("an Otii Ace at 50 kHz, its voltage at 1 kHz sagging; edges of both inputs, a value that is null, a gap")
    dice = random.Random(12)
    golden.answer(b"", b'{"type":"information","info":"connected","data":{"protocol_version":"0.2"}}\r\n')
    number = 0

    def response(data):
        nonlocal number
        number += 1
        text = json.dumps({"type": "response", "cmd": "x", "data": data, "trans_id": str(number)})
        progress = json.dumps({"type": "progress", "trans_id": str(number), "progress_value": 0.5})
        golden.answer(b'"trans_id":"%d"}\r\n' % number, (progress + "\r\n" + text + "\r\n").encode())

    response({"devices": [{"device_id": "x7", "name": "Ace 1", "type": "Ace"}]})
    response({"project_id": 3})
    for _ in range(7):
        response({})
    response({"value": 50000})
    response({})
    response({})
    response({"recording_id": 12, "name": "Recording", "start-time": "2026-11-28T00:00:00Z"})
    amps = [round(dice.uniform(0, 0.5), 7) for _ in range(500)]
    amps[77] = None
    golden.broken = 1
    volts = [round(4.2 - 0.001 * at, 4) for at in range(11)]
    # two pieces: 300 values from 0, then 200 from 0.0062 s on, so that 10 are missing between
    golden.lost = 10
    pieces = [(0, 0, amps[:300]), (300, 310, amps[300:])]
    inputs = {
        0: [(0.0, True), (0.001, False), (0.005, True)],
        1: [(0.0, False), (0.0015, True), (0.0092, False)],
    }
    seen = {0: 0, 1: 0}
    for index, start, values in pieces:
        response({"count": 300 if index == 0 else 500})
        response({"data_type": "analog", "timestamp": start / 50000, "interval": 0.00002, "values": values})
        response({"count": 11})
        if index == 0:
            response({"data_type": "analog", "timestamp": 0.0, "interval": 0.001, "values": volts[:1]})
        first = int(start / 50)
        last = min(10, -(-(start + len(values)) // 50))
        response({"data_type": "analog", "timestamp": first / 1000, "interval": 0.001, "values": volts[first:last + 1]})
        until = (start + len(values)) / 50000
        for pin in (0, 1):
            count = len([1 for at, _ in inputs[pin] if at < until])
            response({"count": count})
            if count > seen[pin]:
                new = [{"timestamp": at, "value": level} for at, level in inputs[pin][seen[pin]:count]]
                response({"data_type": "digital", "values": new})
                seen[pin] = count
        for at, value in enumerate(values, start):
            if value is not None:
                golden.sample(at * 20000, volts[at // 50], value)
    for at, pin, level in sorted((at, pin, level) for pin in inputs for at, level in inputs[pin][1:]):
        golden.edge(round(at * 1e9), pin, level)
    for _ in range(4):
        response({"count": 500})
    response({})
    golden.write(path)


if __name__ == "__main__":
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    ppk2(os.path.join(folder, "ppk2.txt"))
    lpm01a_text(os.path.join(folder, "lpm01a-text.txt"))
    lpm01a_bytes(os.path.join(folder, "lpm01a-bytes.txt"))
    scpi(os.path.join(folder, "scpi.txt"))
    otii(os.path.join(folder, "otii.txt"))
