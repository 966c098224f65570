#!/usr/bin/env python3
"""Makes golden_events.csv and golden_bytes.csv beside this file, without any of Spikelet's code.

golden_events.csv: what is in real recordings. Formats are read by their descriptions: Event Stream by the README of
neuromorphic-paris/event_stream, EVT 2.0 by docs.prophesee.ai, N-MNIST by the data set's page.
golden_bytes.csv: small AEDAT files, written by docs.inivation.com, and a live stream, written by docs/events.md, all of
the same five events.

Needs Python 3.9 or newer and numpy. Run: python3 make_golden_events.py FOLDER, with FOLDER holding event-formats/ and
nmnist-train1k/.
"""

import pathlib
import struct
import sys
import zipfile
import zlib

import numpy as np

HERE = pathlib.Path(__file__).parent
MAKER = "# made by hal/src/test/golden/make_golden_events.py (numpy), not by Spikelet\n"
SPLIT = 8
EVENTS = [(7, 3, 5, 1), (7, 127, 0, 0), (1000, 0, 127, 1), (66535, 64, 64, 0), (300000, 1, 2, 1)]  # µs, x, y, polarity


def read_dvs(data):
    """Event Stream 2 with DVS events, one byte after another."""
    width, height = struct.unpack_from("<HH", data, 16)
    events, now, at = [], 0, 20
    while at < len(data):
        if data[at] == 0xFF:
            now, at = now + 127, at + 1
        elif data[at] == 0xFE:
            at += 1
        else:
            now += data[at] >> 1
            x, y = struct.unpack_from("<HH", data, at + 1)
            events.append((now, x, y, data[at] & 1))
            at += 5
    return width, height, np.array(events, np.int64)


def read_evt2(data):
    at = 0
    while data[at : at + 1] == b"%":
        at = data.index(b"\n", at) + 1
    words = np.frombuffer(data, "<u4", offset=at).astype(np.int64)
    kind = words >> 28
    highs = np.where(kind == 8, words & 0xFFFFFFF, 0)
    high = np.maximum.accumulate(highs)  # this file's time neither runs over nor back
    cd = (kind <= 1) & (np.cumsum(kind == 8) > 0)
    columns = (high << 6 | words >> 22 & 63, words >> 11 & 2047, words & 2047, kind)
    return 2048, 2048, np.stack([column[cd] for column in columns], 1)


def read_nmnist(data):
    b = np.frombuffer(data, np.uint8).reshape(-1, 5).astype(np.int64)
    assert not (b[:, 1] == 240).any()
    return 34, 34, np.stack([(b[:, 2] & 127) << 16 | b[:, 3] << 8 | b[:, 4], b[:, 0], b[:, 1], b[:, 2] >> 7], 1)


def frames(index, count, events, width, height):
    """(count, 2, height, width) uint8, clipped at 255; index -1 is no frame."""
    kept = index >= 0
    counted = np.zeros((count, 2, height, width), np.int64)
    np.add.at(counted, (index[kept], events[kept, 3], events[kept, 2], events[kept, 1]), 1)
    return np.minimum(counted, 255).astype(np.uint8)


def described(counted):
    return f"{int(counted.sum())},{zlib.crc32(counted.tobytes()):08x}"


def row(name, width, height, events):
    t, x, y = events[:, 0], events[:, 1], events[:, 2]
    packed = b"".join(struct.pack(">qHHB", *(int(v) for v in event)) for event in events)
    # The frames are of the upper left 640 x 480 pixels at most, halved when they are larger than 34 x 34.
    scale = 1 if width <= 34 else 2
    w, h = min(width, 640) // scale, min(height, 480) // scale
    seen = (x // scale < w) & (y // scale < h)
    small = np.stack([t, x // scale, y // scale, events[:, 3]], 1)[seen]
    s = small[:, 0]
    split = (s - t.min()) * SPLIT // (t.max() - t.min() + 1)
    by_time = (s - t[0]) // 10000
    by_count = (np.arange(len(t)) // 1000)[seen]
    cells = [
        name, width, height, len(t), ",".join(map(str, events[0])), ",".join(map(str, events[-1])),
        f"{zlib.crc32(packed):08x}", scale, w, h,
        described(frames(split, SPLIT, small, w, h)),
        described(frames(np.where(by_time < 3, by_time, -1), 3, small, w, h)),
        described(frames(np.where(by_count < 3, by_count, -1), 3, small, w, h)),
    ]
    return ",".join(map(str, cells)) + "\n"


def golden_events(folder):
    out = MAKER
    out += "# frames: split into 8; the first 3 of 10,000 us from the first event on; the first 3 of 1,000 events\n"
    out += "file,width,height,events,first us,x,y,p,last us,x,y,p,crc32 of >qHHB,scale,frame width,frame height"
    out += ",split sum,crc32,time sum,crc32,count sum,crc32\n"
    formats = folder / "event-formats"
    out += row("event-formats/faery_dvs.es", *read_dvs((formats / "faery_dvs.es").read_bytes()))
    out += row("event-formats/faery_evt2.raw", *read_evt2((formats / "faery_evt2.raw").read_bytes()))
    out += row("event-formats/tonic_sample_nmnist.bin", *read_nmnist((formats / "tonic_sample_nmnist.bin").read_bytes()))
    with zipfile.ZipFile(folder / "nmnist-train1k" / "nmnist_train1k.zip") as archive:
        for entry in ("1.bs2", "500.bs2", "1000.bs2"):
            out += row(f"nmnist-train1k/nmnist_train1k.zip!{entry}", *read_nmnist(archive.read(entry)))
    return out


def aedat2():
    data = b"#!AER-DAT2.0\r\n# AEChip: eu.seebetter.ini.chips.DVS128\r\n#End Of ASCII Header\r\n"
    for t, x, y, p in EVENTS:
        data += struct.pack(">II", (127 - y) << 8 | x << 1 | p, t)
        data += struct.pack(">II", 1 << 15, t)  # an external event
    return data


def aedat3():
    data = b"#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n"
    data += struct.pack("<HHiiiiii", 0, 1, 8, 4, 0, 1, 1, 1) + bytes(8)  # a special event
    for part in (EVENTS[:3], EVENTS[3:]):
        data += struct.pack("<HHiiiiii", 1, 1, 8, 4, 0, len(part) + 1, len(part) + 1, len(part))
        for t, x, y, p in part:
            data += struct.pack("<II", x << 17 | y << 2 | p << 1 | 1, t)
        data += struct.pack("<II", 5 << 17, part[-1][0])  # an event that is not valid
    return data


def live():
    data = b""
    for part in (EVENTS[:4], EVENTS[4:], []):
        base = part[0][0] if part else 0
        packet = struct.pack(">HHHQ", 0xAE52, len(part), len(part) ^ 0xFFFF, base)
        before = base
        for t, x, y, p in part:
            packet += struct.pack(">HHH", t - before, p << 15 | x, y)
            before = t
        data += packet + struct.pack(">I", zlib.crc32(packet))
    return data


if __name__ == "__main__":
    (HERE / "golden_events.csv").write_text(golden_events(pathlib.Path(sys.argv[1])))
    events = " ".join(f"{t}/{x}/{y}/{p}" for t, x, y, p in EVENTS)
    rows = "".join(f"{maker.__name__},{maker().hex()}\n" for maker in (aedat2, aedat3, live))
    (HERE / "golden_bytes.csv").write_text(f"{MAKER}events,{events}\n{rows}")
