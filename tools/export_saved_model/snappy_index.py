"""Compresses the blocks of a checkpoint's index by Snappy, as Google's own exports have them.

    python snappy_index.py variables.index OUT
"""

import pathlib
import struct
import sys

import cramjam

FOOTER = 48


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def put_varint(value):
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


def masked_crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def block(data, offset, size):
    assert data[offset + size] == 0, "it is compressed already"
    return data[offset:offset + size]


def entries(data):
    """Keys and values of a block."""
    end = len(data) - 4 - 4 * struct.unpack("<I", data[-4:])[0]
    at, key = 0, b""
    while at < end:
        shared, at = varint(data, at)
        own, at = varint(data, at)
        length, at = varint(data, at)
        key = key[:shared] + data[at:at + own]
        yield key, data[at + own:at + own + length]
        at += own + length


def main(source, target):
    data = pathlib.Path(source).read_bytes()
    out = b""

    def add(content):
        nonlocal out
        sealed = bytes(cramjam.snappy.compress_raw(content)) + b"\x01"
        place = put_varint(len(out)) + put_varint(len(sealed) - 1)
        out += sealed + struct.pack("<I", masked_crc32c(sealed))
        return place

    at = len(data) - FOOTER
    spans = []
    for _ in range(2):
        offset, at = varint(data, at)
        size, at = varint(data, at)
        spans.append((offset, size))
    meta, index = (block(data, *span) for span in spans)
    rows = b""
    for key, value in entries(index):
        offset, after = varint(value, 0)
        size, _ = varint(value, after)
        place = add(block(data, offset, size))
        rows += put_varint(0) + put_varint(len(key)) + put_varint(len(place)) + key + place
    index_block = rows + struct.pack("<II", 0, 1)
    places = add(meta) + add(index_block)
    out += places.ljust(40, b"\0") + data[-8:]
    pathlib.Path(target).write_bytes(out)


main(*sys.argv[1:])
