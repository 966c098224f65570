#!/usr/bin/env python3
"""A stranger's device under test: answers the MLPerf Tiny commands on a pseudo-terminal, and can misbehave.

It shares no code with Spikelet. Its network is no network: a sample's first bytes, one a class, are its scores. An
inference takes a fixed time of the wall clock. The first line on standard output is the path of its terminal; it ends
when standard input does.

    python3 dut.py [--classes 4] [--micros 500] [--energy] [--pin FILE] [--fault KIND]

--pin FILE takes the edges of its measuring pin in energy mode, a line each: nanoseconds of CLOCK_MONOTONIC, level.
Kinds of faults: silent, garbage, unknown (knows no infer), zeros, closes (its port, during infer), reboots (during infer),
noise (a boot text and half lines before each answer), scatter (every window slower than the one before), half (of an
answer, then nothing), negative (scores below 0).
"""
import argparse
import os
import random
import select
import sys
import threading
import time
import tty


class Closed(Exception):
    pass


class Device:
    def __init__(self, options):
        self.options = options
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.sample = bytearray()
        self.expected = 0
        self.windows = 0
        print(os.ttyname(self.slave), flush=True)

    def say(self, text):
        data = (text + "\r\n").encode()
        while data:
            data = data[os.write(self.master, data):]

    def edge(self, level):
        with open(self.options.pin, "a") as pin:
            pin.write("%d %d\n" % (time.monotonic_ns(), level))

    def stamp(self):
        if self.options.energy:
            if self.options.pin:
                self.edge(0)
                time.sleep(0.0001)
                self.edge(1)
        else:
            self.say("m-lap-us-%d" % (time.monotonic_ns() // 1000))

    def scores(self):
        classes = self.options.classes
        if self.options.fault == "zeros":
            return [0.0] * classes
        if self.options.fault == "negative":
            return [-1.0 - b for b in self.sample[:classes]]
        total = sum(self.sample[:classes]) or 1
        return [b / total for b in self.sample[:classes]]

    def infer(self, count, warmups):
        self.say("m-warmup-start-%d" % warmups)
        time.sleep(warmups * self.options.micros / 1e6)
        self.say("m-warmup-done")
        self.say("m-infer-start-%d" % count)
        self.stamp()
        if self.options.fault == "closes":
            raise Closed()
        if self.options.fault == "half":
            return
        if self.options.fault == "reboots":
            self.boot()
            return
        slower = 1.0
        if self.options.fault == "scatter":
            slower += 0.2 * self.windows
        self.windows += 1
        time.sleep(count * self.options.micros * slower / 1e6)
        self.stamp()
        self.say("m-infer-done")
        self.say("m-results-[%s]" % ",".join("%.3f" % s for s in self.scores()))
        self.say("m-ready")

    def boot(self):
        self.say("m-init-done")
        self.say("m-ready")

    def database(self, words):
        if words and words[0] == "load":
            self.expected = int(words[1])
            self.sample = bytearray()
            self.say("m-[Expecting %d bytes]" % self.expected)
        elif words and words[0] == "print":
            self.say("m-buffer-" + self.sample.hex("-"))
        elif self.expected:
            self.sample += bytes.fromhex(words[0])
            if len(self.sample) >= self.expected:
                self.expected = 0
                self.say("m-load-done")
        self.say("m-ready")

    def command(self, text):
        words = text.split()
        if self.options.fault == "silent":
            return
        if self.options.fault == "garbage":
            os.write(self.master, random.Random(7).randbytes(3000).replace(b"m-", b"??"))
            return
        if self.options.fault == "noise":
            os.write(self.master, b"\x00\xffboot: clocks up\r\nhalf a li")
            self.say("")
        if words[:1] == ["name"]:
            self.say("m-name-dut-[stranger]")
            self.say("m-ready")
        elif words[:1] == ["profile"]:
            self.say("m-profile-[ULPMark for tinyML Firmware V0.0.1]")
            self.say("m-model-[ic01]")
            self.say("m-ready")
        elif words[:1] == ["timestamp"]:
            self.stamp()
            self.say("m-ready")
        elif words[:1] == ["db"]:
            self.database(words[1:])
        elif words[:1] == ["infer"] and self.options.fault != "unknown":
            self.infer(int(words[1]), int(words[2]) if len(words) > 2 else 10)
        elif words[:1] == ["results"]:
            self.say("m-results-[%s]" % ",".join("%.3f" % s for s in self.scores()))
            self.say("m-ready")
        else:
            self.say("e-[Unknown command: %s]" % (words[0] if words else ""))
            self.say("m-ready")

    def run(self):
        if self.options.fault != "silent":
            self.boot()
        pending = b""
        while True:
            select.select([self.master], [], [])
            pending += os.read(self.master, 4096)
            while b"%" in pending:
                text, pending = pending.split(b"%", 1)
                # The protocol gives the command buffer 80 bytes; what is longer is cut.
                self.command(text.decode("ascii", "replace")[:79])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--classes", type=int, default=4)
    parser.add_argument("--micros", type=float, default=500)
    parser.add_argument("--energy", action="store_true")
    parser.add_argument("--pin")
    parser.add_argument("--fault", default="")
    device = Device(parser.parse_args())
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    try:
        device.run()
    except Closed:
        os.close(device.slave)
        os.close(device.master)
        sys.stdin.close()
        os._exit(0)


if __name__ == "__main__":
    main()
