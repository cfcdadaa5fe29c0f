"""Files that other programs write, for TFL to read, and a reader of files that TFL writes.

    python tests/oracle/io.py write tests/src/test/resources/oracle/io    needs NumPy and SciPy
    python tests/oracle/io.py check FOLDER                                needs NumPy

Values follow simple rules that the TFL programs repeat, so that nothing read is checked by something read. Safetensors,
PNG, JPEG and WAV of 24 bits are written by hand from their descriptions, with nothing of TFL's.
"""

import gzip
import json
import os
import struct
import sys
import wave
import zlib

import numpy as np


def put(folder, name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def numbers(dtype, shape=(2, 3)):
    """0, 1, 2, ... as that type; complex ones with the negative as imaginary part, bools of the odd ones."""
    n = np.arange(int(np.prod(shape))).reshape(shape)
    if np.dtype(dtype).kind == "c":
        return (n - 1j * n).astype(dtype)
    return (n % 2 == 1) if np.dtype(dtype).kind == "b" else n.astype(dtype)


def write_npy(folder):
    for code in ("b1", "u1", "i1", "i2", "i4", "i8", "f2", "f4", "f8", "c8", "u2", "u4", "u8"):
        np.save(os.path.join(folder, code + ".npy"), numbers(code))
    for code in (">i2", ">i4", ">i8", ">f2", ">f4", ">f8", ">c8", ">u2"):
        np.save(os.path.join(folder, "big_" + code[1:] + ".npy"), numbers(code))
    np.save(os.path.join(folder, "fortran.npy"), np.asfortranarray(numbers("f4", (2, 3, 4))))
    np.save(os.path.join(folder, "fortran_big.npy"), np.asfortranarray(numbers(">i4")))
    np.save(os.path.join(folder, "scalar.npy"), np.float64(2.5))
    np.save(os.path.join(folder, "empty.npy"), np.zeros((0, 4), np.float32))
    with open(os.path.join(folder, "version2.npy"), "wb") as file:
        np.lib.format.write_array(file, numbers("f4"), version=(2, 0))
    named = {"x": numbers("f4"), "layer.0.w": numbers("f2"), "t": numbers("b1"), "f": np.asfortranarray(numbers("i8"))}
    np.savez(os.path.join(folder, "plain.npz"), **named)
    np.savez_compressed(os.path.join(folder, "packed.npz"), **named)
    with gzip.GzipFile(os.path.join(folder, "x.npy.gz"), "wb", mtime=0) as file:
        np.save(file, numbers("f4"))


def safetensors(tensors, metadata):
    """The format's description: a length, a JSON header padded to eight bytes, the bytes."""
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, (code, array) in tensors.items():
        raw = array.tobytes()
        header[name] = {"dtype": code, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def brain(array):
    """f32 numbers that bf16 holds exactly, as their upper halves."""
    return (array.astype("<f4").view("<u4") >> 16).astype("<u2")


def write_safetensors(folder):
    types = {"I64": "i8", "F64": "f8", "F32": "f4", "I32": "i4", "F16": "f2", "I16": "i2", "I8": "i1", "U8": "u1",
             "BOOL": "b1", "C64": "c8", "U16": "u2", "U32": "u4"}
    tensors = {"t." + code.lower(): (code, numbers(dtype)) for code, dtype in types.items()}
    tensors["t.bf16"] = ("BF16", brain(numbers("f4")))
    tensors["scalar"] = ("F32", np.float32(2.5).reshape(()))
    tensors["none"] = ("F32", np.zeros((0, 3), np.float32))
    put(folder, "all.safetensors", safetensors(tensors, {"format": "np", "author": "Ada Lovelace"}))


def write_wav(folder):
    from scipy.io import wavfile
    ramp = np.arange(-4, 4) / 4
    for name, dtype, scale, offset in (("u1", "u1", 128, 128), ("i2", "<i2", 32768, 0), ("i4", "<i4", 2**31, 0)):
        wavfile.write(os.path.join(folder, name + ".wav"), 8000, (ramp * scale + offset).astype(dtype))
    for name in ("f4", "f8"):
        both = np.stack([ramp, -ramp], axis=1).astype(name)
        wavfile.write(os.path.join(folder, name + ".wav"), 44100, both)
    with wave.open(os.path.join(folder, "i3.wav"), "wb") as file:
        file.setparams((1, 3, 16000, 0, "NONE", ""))
        file.writeframes(b"".join(int(v * 2**23).to_bytes(3, "little", signed=True) for v in ramp))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def pixels(colour, depth, rows=9, columns=11):
    r, c, k = np.meshgrid(np.arange(rows), np.arange(columns), np.arange(CHANNELS[colour]), indexing="ij")
    return (r * 7 + c * 13 + k * 29) * (257 if depth == 16 else 1) % 2**depth


def predict(kind, left, up, corner):
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda v: (abs(guess - v), (left, up, corner).index(v)))
    return (0, left, up, (left + up) // 2)[kind]


def lines(image, depth, filters=True):
    """Rows of samples as filtered bytes; each row takes the next filter."""
    out, above = b"", None
    step = max(1, image.shape[2] * depth // 8)
    for number, row in enumerate(image):
        bits = "".join(format(v, f"0{depth}b") for v in row.ravel())
        raw = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")
        above = above or bytes(len(raw))
        kind = number % 5 if filters else 0
        out += bytes([kind]) + bytes(
            (v - predict(kind, raw[i - step] if i >= step else 0, above[i], above[i - step] if i >= step else 0)) % 256
            for i, v in enumerate(raw))
        above = raw
    return out


def png(image, colour, depth, interlaced=False, extra=()):
    rows, columns = image.shape[:2]
    if interlaced:
        parts = (image[y::dy, x::dx] for x, y, dx, dy in PASSES)
        data = b"".join(lines(part, depth) for part in parts if part.size)
    else:
        data = lines(image, depth)
    packed = zlib.compress(data)
    header = struct.pack(">IIBBBBB", columns, rows, depth, colour, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunk(*e) for e in extra)
            + chunk(b"IDAT", packed[:20]) + chunk(b"IDAT", packed[20:]) + chunk(b"IEND", b""))


def write_png(folder):
    palette = bytes((i * k) % 256 for i in range(256) for k in (1, 3, 5))
    kinds = [(0, d) for d in (1, 2, 4, 8, 16)] + [(c, d) for c in (2, 4, 6) for d in (8, 16)] \
        + [(3, d) for d in (1, 2, 4, 8)]
    for colour, depth in kinds:
        extra = [(b"PLTE", palette[:3 * 2**depth])] if colour == 3 else []
        for interlaced in (False, True):
            name = f"c{colour}d{depth}{'i' if interlaced else ''}.png"
            put(folder, name, png(pixels(colour, depth), colour, depth, interlaced, extra))
    put(folder, "opacity.png", png(pixels(3, 4), 3, 4, False, [(b"PLTE", palette[:48]), (b"tRNS", bytes([0, 100]))]))


# Zigzag order, and the Huffman tables that ITU-T T.81 proposes in K.3, as counts of codes by length and values.
ZIGZAG = sorted(range(64), key=lambda i: (i // 8 + i % 8, (i % 8 if (i // 8 + i % 8) % 2 == 0 else i // 8)))
DC_COUNTS = (0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0)
DC_VALUES = tuple(range(12))
AC_VALUES = tuple(run << 4 | size for size in range(1, 11) for run in range(16)) + (0x00, 0xF0)
AC_COUNTS = (0, 0, 0, 0, 0, 0, 0, 162, 0, 0, 0, 0, 0, 0, 0, 0)


def codes(counts, values):
    table, code, at = {}, 0, 0
    for length, count in enumerate(counts, 1):
        for value in values[at:at + count]:
            table[value] = format(code, f"0{length}b")
            code += 1
        at += count
        code <<= 1
    return table


def magnitude(value):
    size = int(abs(value)).bit_length()
    return size, format(value if value >= 0 else value + 2**size - 1, f"0{size}b") if size else ""


def jpeg(image):
    """A baseline JPEG file without subsampling and with all quantisers 1, from the description in ITU-T T.81."""
    rows, columns, channels = image.shape
    dct = np.array([[np.cos((2 * x + 1) * u * np.pi / 16) * (0.5 if u else 8**-0.5) for x in range(8)]
                    for u in range(8)])
    planes = image.astype(float)
    if channels == 3:
        to_ycc = np.array([[.299, .587, .114], [-.168736, -.331264, .5], [.5, -.418688, -.081312]])
        planes = planes @ to_ycc.T + (0, 128, 128)
    dc_codes, ac_codes = codes(DC_COUNTS, DC_VALUES), codes(AC_COUNTS, AC_VALUES)
    bits, last = [], [0] * channels
    for top in range(0, rows, 8):
        for left in range(0, columns, 8):
            for k in range(channels):
                block = np.rint(dct @ (planes[top:top + 8, left:left + 8, k] - 128) @ dct.T).astype(int).ravel()
                size, text = magnitude(block[0] - last[k])
                bits.append(dc_codes[size] + text)
                last[k] = block[0]
                run = 0
                for value in block[ZIGZAG[1:]]:
                    if value == 0:
                        run += 1
                        continue
                    while run > 15:
                        bits.append(ac_codes[0xF0])
                        run -= 16
                    size, text = magnitude(value)
                    bits.append(ac_codes[run << 4 | size] + text)
                    run = 0
                if run:
                    bits.append(ac_codes[0])
    stream = "".join(bits)
    stream += "1" * (-len(stream) % 8)
    scan = int(stream, 2).to_bytes(len(stream) // 8, "big").replace(b"\xff", b"\xff\x00")

    def segment(mark, data):
        return bytes((0xFF, mark)) + struct.pack(">H", len(data) + 2) + data

    parts = b"".join(bytes((k + 1, 0x11, 0)) for k in range(channels))
    return (b"\xff\xd8" + segment(0xDB, b"\0" + b"\1" * 64)
            + segment(0xC0, struct.pack(">BHHB", 8, rows, columns, channels) + parts)
            + segment(0xC4, b"\0" + bytes(DC_COUNTS) + bytes(DC_VALUES))
            + segment(0xC4, b"\x10" + bytes(AC_COUNTS) + bytes(AC_VALUES))
            + segment(0xDA, bytes([channels]) + b"".join(bytes((k + 1, 0)) for k in range(channels)) + b"\0\x3f\0")
            + scan + b"\xff\xd9")


def smooth(channels, rows=16, columns=24):
    r, c, k = np.meshgrid(np.arange(rows), np.arange(columns), np.arange(channels), indexing="ij")
    return r * 6 + c * 4 + k * 20


def write_jpeg(folder):
    put(folder, "grey.jpg", jpeg(smooth(1)))
    put(folder, "colour.jpg", jpeg(smooth(3)))


def write_others(folder):
    for name, code, dtype in (("u1", 8, ">u1"), ("i2", 11, ">i2"), ("f4", 13, ">f4")):
        put(folder, name + ".idx", struct.pack(">HBBII", 0, code, 2, 2, 3) + numbers(dtype).tobytes())
    np.savetxt(os.path.join(folder, "table.csv"), numbers("f8") / 7, delimiter=",")
    put(folder, "excel.csv", "\ufeffname,n,\"x, y\",ok\r\n\"Ada \"\"L\"\"\",1,0.5,TRUE\r\nBjörn,2,,false\r\n".encode())


def close(what, got, expected):
    assert np.array_equal(np.asarray(got), np.asarray(expected)), f"{what}: {got} is not {expected}"


def check(folder):
    """Reads what tests/src/test/resources/oracle/io/write.tfl made TFL write."""
    def path(name):
        return os.path.join(folder, name)

    for code in ("b1", "u1", "i1", "i2", "i4", "i8", "f2", "f4", "f8", "c8"):
        x = np.load(path(code + ".npy"))
        assert x.dtype == np.dtype(code), x.dtype
        close(code, x, numbers(code))
    close("transposed", np.load(path("transposed.npy")), numbers("f4").T)
    close("packed", np.load(gzip.open(path("f4.npy.gz"))), numbers("f4"))
    with np.load(path("all.npz")) as archive:
        assert set(archive) == {"x", "layer.0.w", "n"}, set(archive)
        close("npz", archive["layer.0.w"], numbers("f2"))
        close("npz", archive["n"], 3)
    with open(path("all.safetensors"), "rb") as file:
        raw = file.read()
    length = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8:8 + length])
    assert length % 8 == 0 and header.pop("__metadata__") == {"author": "Ada \"L\""}
    end, places = 0, sorted((info["data_offsets"], name) for name, info in header.items())
    for (start, stop), name in places:
        assert start == end and start % {"F64": 8, "I64": 8, "C64": 4, "F32": 4, "I32": 4}.get(
            header[name]["dtype"], 1) == 0, name
        end = stop
    assert 8 + length + end == len(raw)
    codes_of = {"I64": "i8", "F64": "f8", "F32": "f4", "I32": "i4", "F16": "f2", "I16": "i2", "I8": "i1", "U8": "u1",
                "BOOL": "b1", "C64": "c8", "BF16": "u2"}
    for name, info in header.items():
        start, stop = (8 + length + offset for offset in info["data_offsets"])
        x = np.frombuffer(raw[start:stop], codes_of[info["dtype"]]).reshape(info["shape"])
        close(name, x, brain(numbers("f4")) if info["dtype"] == "BF16" else numbers(codes_of[info["dtype"]]))
    assert len(header) == 11
    for name, width, scale in (("i2", 2, 2**15), ("i4", 4, 2**31)):
        with wave.open(path(name + ".wav")) as file:
            assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, width, 8000)
            close(name, np.frombuffer(file.readframes(8), f"<i{width}"), np.arange(-4, 4) * (scale // 4))
    with open(path("f4.wav"), "rb") as file:
        raw = file.read()
    assert struct.unpack("<I", raw[4:8])[0] == len(raw) - 8 and struct.unpack("<HHI", raw[20:28]) == (3, 2, 44100)
    ramp = np.arange(-4, 4) / 4
    close("f4.wav", np.frombuffer(raw[-64:], "<f4").reshape(-1, 2), np.stack([ramp, -ramp], axis=1))
    for colour, depth in ((0, 8), (2, 8), (4, 8), (6, 8), (0, 16), (2, 16)):
        close(f"c{colour}d{depth}.png", read_png(path(f"c{colour}d{depth}.png")), pixels(colour, depth))
    with open(path("f4.idx"), "rb") as file:
        raw = file.read()
    close("idx", np.frombuffer(raw[12:], ">f4").reshape(2, 3), numbers("f4"))
    assert raw[:12] == struct.pack(">HBBII", 0, 13, 2, 2, 3)
    with open(path("table.csv"), encoding="utf-8") as file:
        assert file.read().split() == ["a,b,name", "1,0.1,x", "2,0.5,\"y,z\""]
    with open(path("value.json"), encoding="utf-8") as file:
        assert json.load(file) == {"a": [1, 2.5, None, True], "b": {"t": [[1.0, 2.0], [3.0, 4.5]]}, "s": "é\n"}


def read_png(name):
    with open(name, "rb") as file:
        raw = file.read()
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    at, packed = 8, b""
    while at < len(raw):
        length, kind = struct.unpack(">I4s", raw[at:at + 8])
        data = raw[at + 8:at + 8 + length]
        assert struct.unpack(">I", raw[at + 8 + length:at + 12 + length])[0] == zlib.crc32(kind + data)
        if kind == b"IHDR":
            columns, rows, depth, colour, *rest = struct.unpack(">IIBBBBB", data)
        packed += data if kind == b"IDAT" else b""
        at += 12 + length
    step, out, above = CHANNELS[colour] * depth // 8, [], None
    data, stride = zlib.decompress(packed), columns * CHANNELS[colour] * depth // 8
    for row in range(rows):
        kind, line = data[row * (stride + 1)], bytearray(data[row * (stride + 1) + 1:(row + 1) * (stride + 1)])
        above = above or bytes(stride)
        for i in range(stride):
            line[i] = (line[i] + predict(kind, line[i - step] if i >= step else 0, above[i],
                                         above[i - step] if i >= step else 0)) % 256
        out.append(bytes(line))
        above = bytes(line)
    return np.frombuffer(b"".join(out), f">u{depth // 8}").reshape(rows, columns, CHANNELS[colour])


if __name__ == "__main__":
    command, place = sys.argv[1:]
    if command == "write":
        os.makedirs(place, exist_ok=True)
        for step in (write_npy, write_safetensors, write_wav, write_png, write_jpeg, write_others):
            step(place)
    else:
        check(place)
        print("as expected")
