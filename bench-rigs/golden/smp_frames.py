#!/usr/bin/env python3
"""Writes golden/smp.txt: requests to a board and its answers, byte for byte.

Made from RFC 8949 (CBOR), Zephyr's pages on SMP groups 0 to 9 and the pages of newtmgr, without any code of ours.
Each pair is one line of text, one request and one answer in hex; the board is a fresh one without a model, named pi-1,
whose clock stands at 2025-11-24T16:00:00.123Z. Use: python3 smp_frames.py > .../golden/smp.txt
"""
import hashlib
import struct
import zlib

READ, WRITE = 0, 2


def head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    for size, code in ((1, 24), (2, 25), (4, 26), (8, 27)):
        if n < 1 << 8 * size:
            return bytes([major << 5 | code]) + n.to_bytes(size, "big")
    raise ValueError(n)


def cbor(value):
    if value is True or value is False:
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(cbor(k) + cbor(v) for k, v in value.items())
    raise TypeError(value)


def message(op, version, group, seq, command, payload, length=None, flags=0, reserved=0):
    length = len(payload) if length is None else length
    return struct.pack(">BBHHBB", reserved << 5 | version << 3 | op, flags, length, group, seq, command) + payload


seq = 65


def pair(title, op, group, command, request, answer, version=1, answered=None, **more):
    """One request and its answer; both maps, or bytes as they stand."""
    global seq
    seq = (seq + 1) % 256
    asked = request if isinstance(request, bytes) else cbor(request)
    told = answer if isinstance(answer, bytes) else cbor(answer)
    print("#", title)
    print(">", message(op, version, group, seq, command, asked, **more).hex())
    print("<", message(op + 1, version if answered is None else answered, group, seq, command, told).hex())


def refused(title, op, group, command, request, rc, general):
    """An error of the group: its own number to v2, the nearest general one to v0."""
    pair(title + ", v2", op, group, command, request, {"err": {"group": group, "rc": rc}})
    pair(title + ", v0", op, group, command, request, {"rc": general}, version=0)


def both(title, op, group, command, request, answer):
    pair(title + ", v2", op, group, command, request, answer)
    pair(title + ", v0", op, group, command, request, answer, version=0)


print("# made by bench-rigs/golden/smp_frames.py; a request, then its answer")

both("os echo, written", WRITE, 0, 0, {"d": "hi"}, {"r": "hi"})
both("os echo, read", READ, 0, 0, {"d": "hi"}, {"r": "hi"})
pair("indefinite map and text", WRITE, 0, 0, bytes.fromhex("bf61647f61686169ffff"), {"r": "hi"})
pair("keys that nobody knows", WRITE, 0, 0, {"zz": [1, {"a": True}], "d": "x", "more": b"\1"}, {"r": "x"})
pair("an echo of 300 letters", WRITE, 0, 0, {"d": "x" * 300}, {"r": "x" * 300})
pair("flags and reserved bits are ignored", WRITE, 0, 0, {"d": "x"}, {"r": "x"}, flags=0xFF, reserved=7)
both("a field is missing", WRITE, 0, 0, {}, {"rc": 3})
both("a field of another type", WRITE, 0, 0, {"d": 7}, {"rc": 3})
both("no CBOR", WRITE, 0, 0, bytes.fromhex("ff"), {"rc": 3})
both("half a map", WRITE, 0, 0, bytes.fromhex("a16164"), {"rc": 3})
both("an array for a map", WRITE, 0, 0, [1], {"rc": 3})
both("bytes behind the map", WRITE, 0, 0, cbor({"d": "x"}) + b"\0", {"rc": 3})
both("a key twice", WRITE, 0, 0, bytes.fromhex("a2616461786164" + "6179"), {"rc": 3})
pair("a header that announces more", WRITE, 0, 0, {"d": "x"}, {"rc": 3}, length=9)
pair("version bits 2", WRITE, 0, 0, {"d": "x"}, {"rc": 13}, version=2, answered=1)
pair("version bits 3", WRITE, 0, 0, {"d": "x"}, {"rc": 13}, version=3, answered=1)
both("os date", READ, 0, 4, {}, {"datetime": "2025-11-24T16:00:00.123000"})
refused("os date, told to a board that knows it", WRITE, 0, 4, {"datetime": "2026-01-31T13:59:59.123"}, 5, 11)
refused("os date, not a date", WRITE, 0, 4, {"datetime": "noon"}, 2, 3)
both("os parameters", READ, 0, 6, {}, {"buf_size": 4096, "buf_count": 8})
pair("os parameters, asked without any CBOR", READ, 0, 6, b"", {"buf_size": 4096, "buf_count": 8})
both("os information of the name", READ, 0, 7, {"format": "n"}, {"output": "pi-1"})
refused("os information of an unknown letter", READ, 0, 7, {"format": "nz"}, 2, 3)
both("os boot loader", READ, 0, 8, {}, {"bootloader": "MCUboot"})
refused("os boot loader, a query", READ, 0, 8, {"query": "mode"}, 3, 5)
both("os reset is no read", READ, 0, 5, {}, {"rc": 8})
both("os console echo is not known", WRITE, 0, 1, {"echo": 0}, {"rc": 8})
both("os 99", READ, 0, 99, {}, {"rc": 8})

both("image state of an empty board", READ, 1, 0, {}, {"images": [], "splitStatus": 0})
sizes = {"slot": 0, "size": 16842895}, {"slot": 1, "size": 16842895, "upload_image_id": 0}
both("image slots", READ, 1, 6, {}, {"images": [{"image": 0, "slots": list(sizes), "max_image_size": 16842895}]})
refused("image, nothing to confirm", WRITE, 1, 0, {"confirm": True}, 3, 5)
refused("image, a trial without a hash", WRITE, 1, 0, {"confirm": False}, 24, 3)
refused("image, a hash of 3 bytes", WRITE, 1, 0, {"hash": b"abc"}, 24, 3)
refused("image, a hash that no slot has", WRITE, 1, 0, {"hash": bytes(32)}, 8, 5)
both("image upload without a length", WRITE, 1, 1, {"off": 0, "data": b"abc"}, {"rc": 3})
both("image upload without an offset", WRITE, 1, 1, {"len": 3, "data": b"abc"}, {"rc": 3})
refused("image upload into image 1", WRITE, 1, 1, {"off": 0, "image": 1, "len": 9, "data": b"abc"}, 14, 3)
refused("image upload too large", WRITE, 1, 1, {"off": 0, "len": 16842896, "data": b"abc"}, 30, 3)
refused("image upload of nothing", WRITE, 1, 1, {"off": 0, "len": 0, "data": b""}, 30, 3)
refused("image upload, an upgrade without its header", WRITE, 1, 1, {"off": 0, "len": 99, "upgrade": True, "data": b"a"}, 22, 3)
both("image upload from the middle", WRITE, 1, 1, {"off": 400, "data": b"abc"}, {"off": 0})
digest = bytes(range(32))
both("image upload begun", WRITE, 1, 1, {"off": 0, "len": 100, "sha": digest, "data": b"a" * 40}, {"off": 40})
both("image upload, a chunk too early", WRITE, 1, 1, {"off": 80, "data": b"a" * 20}, {"off": 40})
pair("image upload goes on", WRITE, 1, 1, {"off": 40, "data": b"a" * 20}, {"off": 60})
pair("image upload, the same chunk again", WRITE, 1, 1, {"off": 40, "data": b"a" * 20}, {"off": 60})
both("image upload found again", WRITE, 1, 1, {"off": 0, "len": 100, "sha": digest, "data": b"a" * 40}, {"off": 60})
refused("image upload, more than announced", WRITE, 1, 1, {"off": 60, "data": b"a" * 41}, 31, 3)
pair("image upload of another file", WRITE, 1, 1, {"off": 0, "len": 50, "sha": digest[::-1], "data": b"b"}, {"off": 1})
both("image erase", WRITE, 1, 5, {}, {})
both("image erase has cleared the resume state", WRITE, 1, 1, {"off": 1, "data": b"b"}, {"off": 0})
pair("image upload without a digest", WRITE, 1, 1, {"off": 0, "len": 50, "data": b"b"}, {"off": 1})
pair("image upload without a digest begins anew", WRITE, 1, 1, {"off": 0, "len": 50, "data": b"bb"}, {"off": 2})
pair("image erase of slot 1", WRITE, 1, 5, {"slot": 1}, {})
refused("image erase of slot 0", WRITE, 1, 5, {"slot": 0}, 14, 3)
pair("image upload with a wrong digest", WRITE, 1, 1, {"off": 0, "len": 3, "sha": digest, "data": b"abc"},
     {"err": {"group": 1, "rc": 24}})
pair("image upload with a wrong digest, v0", WRITE, 1, 1, {"off": 0, "len": 3, "sha": digest, "data": b"abc"},
     {"rc": 9}, version=0)
refused("image upload of what is no image", WRITE, 1, 1, {"off": 0, "len": 3, "data": b"abc"}, 22, 9)
both("image erase is no read", READ, 1, 5, {}, {"rc": 8})
both("image core list is not known", READ, 1, 3, {}, {"rc": 8})

both("statistics, names", READ, 2, 1, {}, {"stat_list": ["infer", "telemetry"]})
both("statistics of infer", READ, 2, 0, {"name": "infer"}, {"name": "infer", "fields": {"inferences": 0}})
refused("statistics of what there is not", READ, 2, 0, {"name": "ble"}, 2, 5)
both("statistics cannot be written", WRITE, 2, 1, {}, {"rc": 8})

both("a setting nobody set", READ, 3, 0, {"name": "telemetry/period"}, {"val": b"1000"})
both("a setting, written as bytes", WRITE, 3, 0, {"name": "telemetry/period", "val": b"250"}, {})
both("a setting, as asked for", READ, 3, 0, {"name": "telemetry/period"}, {"val": b"250"})
both("a setting, written as text", WRITE, 3, 0, {"name": "telemetry/period", "val": "300", "save": False}, {})
pair("a setting, no more than two bytes", READ, 3, 0, {"name": "telemetry/period", "max_size": 2}, {"val": b"30"})
pair("a setting, more bytes than any has", READ, 3, 0, {"name": "telemetry/period", "max_size": 999},
     {"val": b"300", "max_size": 256})
both("settings, committed", WRITE, 3, 2, {}, {})
both("settings, saved", WRITE, 3, 3, {}, {})
pair("another setting, not saved", WRITE, 3, 0, {"name": "led/use", "val": b"off"}, {})
both("settings, loaded", READ, 3, 3, {}, {})
pair("what was saved is there", READ, 3, 0, {"name": "telemetry/period"}, {"val": b"300"})
pair("what was not saved is gone", READ, 3, 0, {"name": "led/use"}, {"val": b"on"})
both("a setting, deleted", WRITE, 3, 1, {"name": "telemetry/period"}, {})
pair("a setting after that", READ, 3, 0, {"name": "telemetry/period"}, {"val": b"1000"})
refused("a setting that there is not", READ, 3, 0, {"name": "telemetry/colour"}, 3, 5)
refused("a setting of a subject that there is not", WRITE, 3, 0, {"name": "wifi/key", "val": b"x"}, 5, 5)
refused("a setting's name too long", READ, 3, 0, {"name": "t" * 65}, 2, 3)
both("a setting's value that may not be", WRITE, 3, 0, {"name": "telemetry/period", "val": b"-1"}, {"rc": 3})
both("a setting's value that is missing", WRITE, 3, 0, {"name": "telemetry/period"}, {"rc": 3})
both("settings 4", READ, 3, 4, {}, {"rc": 8})

both("log, cleared", WRITE, 4, 1, {}, {})
modules = "DEVICE SLOTS SMP TELEMETRY ADAPT HAL ENGINE MANAGE".split()
both("log modules", READ, 4, 3, {}, {"module_map": {name: 64 + i for i, name in enumerate(modules)}})
both("log levels", READ, 4, 4, {}, {"level_map": {"DEBUG": 0, "INFO": 1, "WARN": 2, "ERROR": 3}})
both("logs", READ, 4, 5, {}, {"log_list": ["agent"]})
both("a log that there is not", READ, 4, 0, {"log_name": "reboot_log", "ts": 0, "index": 0}, {"rc": 5})
both("nobody writes into the log", WRITE, 4, 2, {"log_name": "agent", "msg": "x"}, {"rc": 8})

both("crash is not known", WRITE, 5, 0, {"t": "div0"}, {"rc": 8})
both("split is not known", READ, 6, 0, {}, {"rc": 8})
both("run is not known", READ, 7, 1, {}, {"rc": 8})

text = bytes(range(256)) * 6
both("file, empty", WRITE, 8, 0, {"off": 0, "data": b"", "name": "empty.txt", "len": 0}, {"off": 0})
pair("file, begun", WRITE, 8, 0, {"off": 0, "data": text[:600], "name": "a.bin", "len": len(text)}, {"off": 600})
pair("file, not there while it grows", READ, 8, 1, {"name": "a.bin"}, {"err": {"group": 8, "rc": 3}})
pair("file, a piece too early", WRITE, 8, 0, {"off": 1200, "data": text[1200:], "name": "a.bin"}, {"off": 600})
pair("file, the next piece", WRITE, 8, 0, {"off": 600, "data": text[600:1200], "name": "a.bin"}, {"off": 1200})
pair("file, the last piece", WRITE, 8, 0, {"off": 1200, "data": text[1200:], "name": "a.bin"}, {"off": 1536})
both("file status", READ, 8, 1, {"name": "a.bin"}, {"len": 1536})
both("file download", READ, 8, 0, {"off": 0, "name": "a.bin"}, {"off": 0, "data": text[:1024], "len": 1536})
both("file download, the rest", READ, 8, 0, {"off": 1024, "name": "a.bin"}, {"off": 1024, "data": text[1024:]})
both("file download, at the end", READ, 8, 0, {"off": 1536, "name": "a.bin"}, {"off": 1536, "data": b""})
refused("file download, behind the end", READ, 8, 0, {"off": 1537, "name": "a.bin"}, 12, 3)
both("file hash", READ, 8, 2, {"name": "a.bin"}, {"type": "sha256", "len": 1536, "output": hashlib.sha256(text).digest()})
both("file checksum", READ, 8, 2, {"name": "a.bin", "type": "crc32"},
     {"type": "crc32", "len": 1536, "output": zlib.crc32(text)})
both("file checksum of a part", READ, 8, 2, {"name": "a.bin", "type": "crc32", "off": 5, "len": 9},
     {"type": "crc32", "off": 5, "len": 9, "output": zlib.crc32(text[5:14])})
refused("file hash of a kind that there is not", READ, 8, 2, {"name": "a.bin", "type": "md5"}, 13, 5)
refused("file hash behind the end", READ, 8, 2, {"name": "a.bin", "off": 1536}, 12, 3)
refused("file hash of an empty file", READ, 8, 2, {"name": "empty.txt"}, 16, 6)
both("file hashes known", READ, 8, 3, {},
     {"types": {"sha256": {"format": 1, "size": 32}, "crc32": {"format": 0, "size": 4}}})
both("file closed", WRITE, 8, 4, {}, {})
refused("a file that there is not", READ, 8, 1, {"name": "b.bin"}, 3, 5)
refused("a file too large", WRITE, 8, 0, {"off": 0, "data": b"a", "name": "c.bin", "len": 4194305}, 10, 2)
pair("a file of two bytes", WRITE, 8, 0, {"off": 0, "data": b"a", "name": "c.bin", "len": 2}, {"off": 1})
refused("a file, more than announced", WRITE, 8, 0, {"off": 1, "data": b"aa", "name": "c.bin"}, 11, 3)
both("a file, no length", WRITE, 8, 0, {"off": 0, "data": b"a", "name": "c.bin"}, {"rc": 3})
for name in ("../store/slots.rec", "/etc/passwd", "a/b", "..", ".", "", ".lock", "a\\b", "A.bin", "a\0b", "upload.draft",
             "%2e%2e%2fname", "a" * 101, "é.txt", "-a", "a~"):
    refused("a file's name that may not be", READ, 8, 0, {"off": 0, "name": name}, 2, 3)
    refused("a file's name that may not be written", WRITE, 8, 0, {"off": 0, "len": 1, "data": b"x", "name": name}, 2, 3)
    refused("a file's name that has no hash", READ, 8, 2, {"name": name}, 2, 3)

both("shell is off", WRITE, 9, 0, {"argv": ["reboot"]}, {"rc": 8})
both("group 63 is not known", WRITE, 63, 0, {}, {"rc": 8})

refused("infer without a model", WRITE, 64, 0, {"x": bytes(6)}, 3, 6)
refused("learn without a model", WRITE, 64, 1, {"x": bytes(6), "y": b"\0", "at": 0}, 3, 6)
refused("forget without a model", WRITE, 64, 2, {"op": "reset"}, 3, 6)
refused("pull without a model", READ, 64, 3, {"off": 0}, 3, 6)
refused("profile without a model", WRITE, 64, 5, {"x": bytes(6)}, 3, 6)
both("infer is no read", READ, 64, 0, {}, {"rc": 8})
both("group 64 command 99", READ, 64, 99, {}, {"rc": 8})
refused("adaptation without a model", READ, 65, 0, {}, 3, 6)
both("group 65 command 99", READ, 65, 99, {}, {"rc": 8})
both("group 65535", READ, 65535, 255, {}, {"rc": 8})
