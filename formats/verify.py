#!/usr/bin/env python3
"""Checks a Safeconduct record or bundle. Python 3.8 or later, standard library only.

usage: verify.py PATH [--json] [--quiet] [--read] [--lacks]

PATH is the folder of a record, the folder of a bundle, or a bundle's ZIP file. Everything is derived anew from the bytes: every hash, every signature, every
chain, every tile, the checkpoint, the bundle's list, the statements as text. No body is opened in a record (its bodies are sealed); in a bundle every opened
text is held to the commitment that its signer signed. Written from the pages in formats/ alone; it shares no code with the program that wrote the bytes.

--read   prints every statement of a bundle that is whole, as text made from the bytes that were signed
--lacks  prints how many bodies of each kind this copy lacks, counted anew, and the reasons that whoever made it gives

Nothing is ever written or unpacked. What is printed can't act on a terminal: such characters are shown as \\u{...}.

What it can't see: a whole record put back to an earlier state looks whole. Keep the size and root that it prints, and compare.

Exit 0: whole. 1: refuted; each finding says where. 2: wrong usage.
"""
import base64
import hashlib
import json
import os
import re
import stat
import struct
import sys
import time
import zlib

ZERO16, ZERO32 = bytes(16), bytes(32)
REFUTES, NOTABLE = "refutes", "notable"


def sha(data):
    return hashlib.sha256(data).digest()


class Wrong(Exception):
    """A form that is not the one the pages give; carries the code."""

    def __init__(self, code, message=""):
        super().__init__(message or code)
        self.code = code


# ---------- P-256, ES256 (FIPS 186-5; SEC 1), verification only

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def on_curve(point):
    x, y = point
    return 0 <= x < P and 0 <= y < P and (y * y - (x * x * x - 3 * x + B)) % P == 0


def double(q):
    x, y, z = q
    if not y or not z:
        return (0, 1, 0)
    delta, gamma = z * z % P, y * y % P
    beta, alpha = x * gamma % P, 3 * (x - delta) * (x + delta) % P
    nx = (alpha * alpha - 8 * beta) % P
    nz = ((y + z) * (y + z) - gamma - delta) % P
    return (nx, (alpha * (4 * beta - nx) - 8 * gamma * gamma) % P, nz)


def add(q, r):
    """q in Jacobian coordinates, r affine or None for the point at infinity."""
    if r is None:
        return q
    x1, y1, z1 = q
    if not z1:
        return (r[0], r[1], 1)
    zz = z1 * z1 % P
    h = (r[0] * zz - x1) % P
    d = (r[1] * zz * z1 - y1) % P
    if not h:
        return double(q) if not d else (0, 1, 0)
    hh = h * h % P
    hhh, v = h * hh % P, x1 * hh % P
    nx = (d * d - hhh - 2 * v) % P
    return (nx, (d * (v - nx) - y1 * hhh) % P, z1 * h % P)


def affine(q):
    if not q[2]:
        return None
    inverse = pow(q[2], P - 2, P)
    return (q[0] * inverse * inverse % P, q[1] * inverse * inverse * inverse % P)


TABLES = {}


def table(point):
    """For each of 64 half-bytes the 15 multiples of the point times 16^i: a verification is then about 128 additions."""
    if point not in TABLES:
        rows, base = [], point
        for _ in range(64):
            row, q = [None], (0, 1, 0)
            for _ in range(15):
                q = add(q, base)
                row.append(affine(q))
            rows.append(row)
            base = affine(add(q, base))
        TABLES[point] = rows
    return TABLES[point]


def es256(key, digest, signature):
    """The digest is the signed hash itself. High s is refused by the caller."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (0 < r < N and 0 < s < N):
        return False
    w = pow(s, N - 2, N)
    u1, u2 = int.from_bytes(digest, "big") * w % N, r * w % N
    q, tg, tk = (0, 1, 0), table(G), table(key)
    for i in range(64):
        q = add(q, tg[i][u1 >> 4 * i & 15])
        q = add(q, tk[i][u2 >> 4 * i & 15])
    point = affine(q)
    return point is not None and point[0] % N == r


def p256_key(text):
    if not isinstance(text, str) or not re.fullmatch("04[0-9a-f]{128}", text):
        return None
    point = (int(text[2:66], 16), int(text[66:], 16))
    return point if on_curve(point) else None


# ---------- Ed25519 (RFC 8032), strict verification

EP = 2**255 - 19
EL = 2**252 + 27742317777372353535851937790883648493
ED = -121665 * pow(121666, EP - 2, EP) % EP


def ed_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % EP, (p[1] + p[0]) * (q[1] + q[0]) % EP
    c, d = 2 * p[3] * q[3] * ED % EP, 2 * p[2] * q[2] % EP
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % EP, g * h % EP, f * g % EP, e * h % EP)


def ed_times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = ed_add(q, p)
        p, n = ed_add(p, p), n >> 1
    return q


def ed_same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % EP == 0 and (p[1] * q[2] - q[1] * p[2]) % EP == 0


def ed_point(data):
    """Canonical encodings only."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= EP:
        return None
    x2 = (y * y - 1) * pow(ED * y * y + 1, EP - 2, EP) % EP
    x = pow(x2, (EP + 3) // 8, EP)
    if (x * x - x2) % EP:
        x = x * pow(2, (EP - 1) // 4, EP) % EP
    if (x * x - x2) % EP or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = EP - x
    return (x, y, 1, x * y % EP)


ED_BASE = ed_point((4 * pow(5, EP - 2, EP) % EP).to_bytes(32, "little"))


def ed25519(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = ed_point(key), ed_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= EL or ed_same(ed_times(8, a), (0, 1, 1, 0)):
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % EL
    return ed_same(ed_times(s, ED_BASE), ed_add(r, ed_times(h, a)))


# ---------- deterministic CBOR, as cbor.md says

class Cbor:
    def __init__(self, data):
        if len(data) > 16384:
            raise Wrong("cbor.too-long")
        self.data, self.at = data, 0

    def take(self, n):
        if self.at + n > len(self.data):
            raise Wrong("cbor.truncated")
        self.at += n
        return self.data[self.at - n:self.at]

    def head(self):
        first = self.take(1)[0]
        major, low = first >> 5, first & 31
        if major == 7 and low in (25, 26, 27):
            raise Wrong("cbor.float")
        if low == 31:
            raise Wrong("cbor.indefinite")
        if low > 27:
            raise Wrong("cbor.wrong-type")
        if low < 24:
            return major, low
        size = 1 << low - 24
        value = int.from_bytes(self.take(size), "big")
        if value < (24, 256, 65536, 4294967296)[low - 24]:
            raise Wrong("cbor.non-shortest")
        return major, value

    def of(self, major):
        got, value = self.head()
        if got != major:
            raise Wrong("cbor.wrong-type")
        return value

    def uint(self):
        value = self.of(0)
        if value >= 2**63:
            raise Wrong("cbor.wrong-type")
        return value

    def maybe_uint(self):
        return None if self.null() else self.uint()

    def bytes(self, length=None):
        n = self.of(2)
        if length is not None and n != length:
            raise Wrong("cbor.wrong-type")
        return self.take(n)

    def maybe_bytes(self, length):
        return None if self.null() else self.bytes(length)

    def text(self):
        raw = self.take(self.of(3))
        if any(c < 0x21 or c > 0x7E for c in raw):
            raise Wrong("cbor.wrong-text")
        return raw.decode("ascii")

    def list(self, n=None):
        count = self.of(4)
        if n is not None and count != n:
            raise Wrong("cbor.wrong-type")
        return count

    def map(self, n):
        if self.of(5) != n:
            raise Wrong("cbor.wrong-key")

    def key(self, wanted, before):
        got = self.of(0)
        if got != wanted:
            raise Wrong("cbor.duplicate-key" if got == before else "cbor.keys-unsorted" if before is not None and got < before else "cbor.wrong-key")

    def null(self):
        if self.at < len(self.data) and self.data[self.at] == 0xF6:
            self.at += 1
            return True
        return False

    def end(self):
        if self.at != len(self.data):
            raise Wrong("cbor.trailing")


# ---------- entries, as entry.md says

HALF_N = 0x7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8
KINDS = ("charter", "document", "erasure", "key", "statement", "witness")
MEDIA = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")


class Body:
    def __init__(self, blob, length, commit, key, media):
        self.blob, self.length, self.commit, self.key, self.media = blob, length, commit, key, media

    sealed = property(lambda self: self.key != ZERO16)


class Entry:
    def __init__(self, raw):
        self.raw = raw
        c = Cbor(raw)
        if c.of(6) != 18:
            raise Wrong("cbor.wrong-type")
        c.list(4)
        protected = c.bytes()
        c.map(0)
        payload = c.bytes()
        signature = c.bytes(64)
        c.end()
        self.kid = self.read_protected(protected)
        self.signature = signature
        self.id = sha(b"\x84\x6aSignature1" + cbor_bytes(protected) + b"\x40" + cbor_bytes(payload))
        self.leaf = sha(b"\0" + raw)
        self.read_header(payload)
        if int.from_bytes(signature[32:], "big") > HALF_N:
            raise Wrong("entry.high-s")

    @staticmethod
    def read_protected(data):
        c = Cbor(data)
        c.map(2)
        c.key(1, None)
        major, value = c.head()
        if (major, value) != (1, 6):
            raise Wrong("entry.algorithm")
        c.key(4, 1)
        kid = c.bytes(16)
        c.end()
        return kid

    def read_header(self, data):
        c = Cbor(data)
        c.map(10)
        c.key(1, None)
        if c.uint() != 1:
            raise Wrong("entry.version")
        c.key(2, 1)
        self.operation = c.bytes(32)
        c.key(3, 2)
        self.seq = c.uint()
        c.key(4, 3)
        self.prev = c.maybe_bytes(32)
        if (self.prev is None) != (self.seq == 0):
            raise Wrong("entry.prev")
        c.key(5, 4)
        c.list(5)
        self.claimed = c.uint()
        if c.uint() > 4:
            raise Wrong("entry.clock-source")
        c.maybe_uint(), c.maybe_uint(), c.maybe_bytes(16)
        c.key(6, 5)
        c.list(2)
        self.seen = (c.uint(), c.bytes(32))
        c.key(7, 6)
        self.met = [(c.list(2), c.bytes(16), c.bytes(32))[2] for _ in range(c.list())]
        c.key(8, 7)
        self.kind = c.text()
        if self.kind not in KINDS:
            raise Wrong("entry.kind")
        c.key(9, 8)
        self.refs = [c.bytes(32) for _ in range(c.list())]
        c.key(10, 9)
        self.bodies = [self.read_body(c) for _ in range(c.list())]
        c.end()

    @staticmethod
    def read_body(c):
        c.list(5)
        body = Body(c.bytes(32), c.uint(), c.bytes(32), c.bytes(16), c.text())
        if len(body.media) > 64 or not MEDIA.fullmatch(body.media):
            raise Wrong("entry.media")
        return body


def cbor_bytes(data):
    n = len(data)
    if n < 24:
        return bytes([0x40 + n]) + data
    if n < 256:
        return b"\x58" + bytes([n]) + data
    return b"\x59" + n.to_bytes(2, "big") + data


# ---------- the tree, as tree.md says

class Tree:
    """Hashes of complete subtrees: levels[k][i] covers entries i * 2^k up to (i + 1) * 2^k."""

    def __init__(self):
        self.levels, self.size, self.roots = [[]], 0, {}

    def append(self, leaf):
        k, node = 0, leaf
        self.levels[0].append(node)
        self.size += 1
        while len(self.levels[k]) % 2 == 0:
            node = sha(b"\1" + self.levels[k][-2] + self.levels[k][-1])
            k += 1
            if k == len(self.levels):
                self.levels.append([])
            self.levels[k].append(node)

    def root(self, size):
        if size not in self.roots:
            node, covered = None, 0
            peaks = []
            for k in reversed(range(size.bit_length())):
                if size >> k & 1:
                    peaks.append(self.levels[k][covered >> k])
                    covered += 1 << k
            for peak in reversed(peaks):
                node = peak if node is None else sha(b"\1" + peak + node)
            self.roots[size] = sha(b"") if node is None else node
        return self.roots[size]

    def tile(self, level, index, width):
        row = self.levels[8 * level]
        return b"".join(row[256 * index:256 * index + width])


def tile_name(n):
    groups = ["%03d" % (n % 1000)]
    while n >= 1000:
        n //= 1000
        groups.append("x%03d" % (n % 1000))
    return "/".join(reversed(groups))


def tile_files(size):
    """Path, level ('entries' or a number), tile and width of every file that a log of this size publishes."""
    levels = ["entries", 0]
    while size >> 8 * (levels[-1] + 1):
        levels.append(levels[-1] + 1)
    for level in levels if size else []:
        count = size if level == "entries" else size >> 8 * level
        for n in range(count // 256):
            yield "tile/%s/%s" % (level, tile_name(n)), level, n, 256
        if count % 256:
            yield "tile/%s/%s.p/%d" % (level, tile_name(count // 256), count % 256), level, count // 256, count % 256


def read_bundle_of_entries(data):
    entries, at = [], 0
    while at < len(data):
        n = int.from_bytes(data[at:at + 2], "big")
        if at + 2 + n > len(data):
            raise Wrong("tile.differs")
        entries.append(data[at + 2:at + 2 + n])
        at += 2 + n
    return entries


# ---------- signed notes, as checkpoint.md says

def read_note(data, name, key, code):
    """The text of a note in its one form, signed by the key."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong(code or "note.form")
    parts = text.split("\n\n")
    if len(parts) != 2 or not parts[1].endswith("\n") or parts[1].count("\n") != 1:
        raise Wrong(code or "note.form")
    body = parts[0] + "\n"
    line = re.fullmatch("\u2014 (\\S+) ([A-Za-z0-9+/=]+)\n", parts[1])
    if not line or line.group(1) != name:
        raise Wrong(code or "note.signature-line")
    try:
        blob = base64.b64decode(line.group(2), validate=True)
    except ValueError:
        raise Wrong(code or "note.signature-line")
    hint = sha(name.encode() + b"\n\x01" + key)[:4]
    if len(blob) != 68 or blob[:4] != hint or base64.b64encode(blob).decode() != line.group(2):
        raise Wrong(code or "note.signature-line")
    if not ed25519(key, body.encode("utf-8"), blob[4:]):
        raise Wrong(code or "note.signature")
    return body


def read_checkpoint(data, origin, key):
    body = read_note(data, origin, key, None)
    lines = body.split("\n")
    if len(lines) != 4 or lines[0] != origin or not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]) or lines[3]:
        raise Wrong("checkpoint.form")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError:
        raise Wrong("checkpoint.form")
    if len(root) != 32 or base64.b64encode(root).decode() != lines[2]:
        raise Wrong("checkpoint.form")
    return int(lines[1]), root


# ---------- JSON of open bodies

def open_json(data, title):
    def once(pairs):
        if len({k for k, _ in pairs}) != len(pairs):
            raise ValueError("a member twice")
        return dict(pairs)
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and value.get("safeconduct") == title else None


def is_hex(text, length):
    return isinstance(text, str) and re.fullmatch("[0-9a-f]{%d}" % (2 * length), text) is not None


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63


# ---------- where the bytes are

def name_fault(names):
    """What bundle.md says against a list of names of files, as (code, name), or None."""
    seen = set()
    for name in names:
        parts = name.split("/")
        if len(name) > 200 or not all(re.fullmatch(r"[A-Za-z0-9_-]([A-Za-z0-9._-]*[A-Za-z0-9_-])?", p) for p in parts):
            return "bundle.name", name
        if name.lower() in seen:
            return "bundle.name-twice", name
        seen.add(name.lower())
    return None


class Files:
    """A folder, read whole, by paths with forward slashes. What is no plain file, such as a link that leads elsewhere, is not read."""

    def __init__(self, root):
        self.root, self.paths, self.others = root, set(), []
        for folder, folders, names in os.walk(root):
            for name in names + [f for f in folders if os.path.islink(os.path.join(folder, f))]:
                full = os.path.join(folder, name)
                path = os.path.relpath(full, root).replace(os.sep, "/")
                if stat.S_ISREG(os.lstat(full).st_mode):
                    self.paths.add(path)
                else:
                    self.others.append(path)

    def read(self, path):
        if path not in self.paths:
            return None
        with open(os.path.join(self.root, path), "rb") as f:
            return f.read()


class Zip:
    """A ZIP in the one form that bundle.md gives: stored members in ascending order, nothing before, between or behind them."""

    others = ()

    def __init__(self, data):
        self.members, at, order, central = {}, 0, [], b""
        self.refuse_names(data)
        while data[at:at + 4] == b"PK\3\4":
            fields = struct.unpack("<HHHHHIIIHH", data[at + 4:at + 30]) if at + 30 <= len(data) else None
            if not fields:
                raise Wrong("bundle.zip")
            version, flags, method, time, date, crc, packed, size, names, extra = fields
            name = data[at + 30:at + 30 + names]
            body = data[at + 30 + names:at + 30 + names + size]
            if (version, flags, method, time, date, extra) != (20, 0x800, 0, 0, 0x21, 0) or packed != size or len(body) != size or zlib.crc32(body) != crc or (order and name <= order[-1]):
                raise Wrong("bundle.zip")
            central += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0x800, 0, 0, 0x21, crc, size, size, names, 0, 0, 0, 0, 0, at) + name
            order.append(name)
            try:
                self.members[name.decode("utf-8")] = body
            except UnicodeDecodeError:
                raise Wrong("bundle.zip")
            at += 30 + names + size
        if data[at:] != central + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(order), len(order), len(central), at, 0):
            raise Wrong("bundle.zip")
        self.paths = set(self.members)

    @staticmethod
    def refuse_names(data):
        """The names in the list at the end, where a program that unpacks looks: a hostile one is named as such, whatever else is wrong."""
        names, at = [], struct.unpack("<I", data[-6:-2])[0] if len(data) >= 22 else len(data)
        while data[at:at + 4] == b"PK\1\2" and len(names) < 65536:
            name, extra, comment = struct.unpack("<HHH", data[at + 28:at + 34]) if at + 46 <= len(data) else (0, 0, 0)
            names.append(data[at + 46:at + 46 + name].decode("utf-8", "replace"))
            at += 46 + name + extra + comment
        fault = name_fault(names)
        if fault:
            raise Wrong(fault[0], "a file is named '%s'" % name_shown(fault[1][:80]))

    def read(self, path):
        return self.members.get(path)


class Check:
    def __init__(self):
        self.findings, self.counts = [], {}

    def refute(self, code, place, message=""):
        self.findings.append((REFUTES, code, place, message))

    def note(self, code, place, message=""):
        self.findings.append((NOTABLE, code, place, message))

    @property
    def refuted(self):
        return any(f[0] == REFUTES for f in self.findings)


# ---------- the journal, as journal.md says

HEAD = 4 + 8 + 12 + 32


def read_journal(files, check):
    """Entries with their places, and the keys and blobs that stand beside them."""
    entries, places, keys, blobs = [], [], {}, {}
    before, number = ZERO32, 0
    names = sorted(p for p in files.paths if re.fullmatch("journal/[0-9]{6}", p))
    for name in names:
        data, at = files.read(name), 0
        if name != "journal/%06d" % number:
            check.refute("journal.frame-misplaced", name, "a file of the journal is missing before it")
            return entries, places, keys, blobs
        number += 1
        while at < len(data):
            frame = read_frame(data, at)
            if frame is None:
                check.refute("journal.torn", "%s, byte %d" % (name, at), "no whole batch from here on")
                return entries, places, keys, blobs
            first, previous, digest, right, raw, named_keys, named_blobs, end = frame
            if not right:
                check.refute("journal.frame-differs", "%s, byte %d" % (name, at), "the batch is not of its hash")
            elif first != len(entries) or previous != before:
                check.refute("journal.frame-misplaced", "%s, byte %d" % (name, at), "the batch is not at its index, or not behind the batch it names")
            before = digest
            entries += raw
            places += ["%s, byte %d" % (name, at)] * len(raw)
            for key_id, wrapped in named_keys:
                keys[key_id] = (wrapped, name)
            for digest_of_blob, blob in named_blobs:
                blobs[digest_of_blob] = (blob, name)
            at = end
    return entries, places, keys, blobs


def read_frame(data, at):
    mark = data[at:at + 4]
    if mark not in (b"SCJ1", b"SCJ2") or at + HEAD > len(data):
        return None
    row = 16 if mark == b"SCJ1" else 17
    first, n_entries, n_keys, n_blobs = struct.unpack(">QIII", data[at + 4:at + 24])
    previous = data[at + 24:at + 56]
    tables = 2 * n_entries + row * n_keys + 36 * n_blobs
    here = at + HEAD
    if here + tables > len(data):
        return None
    lengths = struct.unpack(">%dH" % n_entries, data[here:here + 2 * n_entries])
    here += 2 * n_entries
    key_rows = [data[here + row * i:here + row * i + row] for i in range(n_keys)]
    key_names = [(r[:16], r[16] if row == 17 else 77) for r in key_rows]
    here += row * n_keys
    blob_names = [(data[here + 36 * i:here + 36 * i + 32], int.from_bytes(data[here + 36 * i + 32:here + 36 * i + 36], "big")) for i in range(n_blobs)]
    here += 36 * n_blobs
    end = here + sum(lengths) + 32 + sum(n for _, n in key_names) + sum(n for _, n in blob_names)
    if end > len(data):
        return None
    raw = []
    for n in lengths:
        raw.append(data[here:here + n])
        here += n
    digest = data[here:here + 32]
    right = sha(data[at:here]) == digest
    here += 32
    keys = []
    for key_id, n in key_names:
        keys.append((key_id, data[here:here + n]))
        here += n
    blobs = []
    for name, n in blob_names:
        blobs.append((name, data[here:here + n]))
        here += n
    return first, previous, digest, right, raw, keys, blobs, end


# ---------- what holds for every log

class Log:
    def __init__(self, raw, places, check):
        self.check, self.tree, self.entries = check, Tree(), []
        self.places, self.signatures = places, 0
        for index, data in enumerate(raw):
            try:
                entry = Entry(data)
            except Wrong as wrong:
                entry = None
                check.refute(wrong.code, self.place(index), "the entry is not of the form it must have")
            self.entries.append(entry)
            self.tree.append(sha(b"\0" + data))

    def place(self, index):
        return "%s, entry %d" % (self.places[index], index)

    def found(self, open_body):
        """Entry 0 is the charter; open_body(index, entry, body) gives an open body's text or None."""
        first = self.entries[0] if self.entries else None
        self.charter = self.operation = None
        if first is None or first.kind != "charter" or not first.bodies or first.bodies[0].sealed:
            self.check.refute("charter.missing", self.place(0) if self.entries else "entry 0", "entry 0 is no charter")
            return False
        data = open_body(0, first, first.bodies[0])
        charter = None if data is None else open_json(data, "charter 1")
        if charter is None:
            self.check.refute("charter.json", self.place(0), "the charter cannot be read")
            return False
        try:
            self.authority_kid = bytes.fromhex(charter["authority"]["kid"])
            self.authority = p256_key(charter["authority"]["key"])
            self.log_key = bytes.fromhex(charter["log"]["key"])
            self.policy = charter["witnesses"]["policy"]
            good = is_hex(charter["authority"]["kid"], 16) and self.authority and is_hex(charter["log"]["key"], 32) and ed_point(self.log_key)
        except (KeyError, TypeError, ValueError):
            good = False
        if not good:
            self.check.refute("charter.value", self.place(0), "a key of the charter is not of the form it must have")
            return False
        self.charter, self.operation = data, sha(data)
        self.authority_text = charter["authority"]["key"]
        return True

    def walk(self, open_body):
        certified = {self.authority_kid: (self.authority, 0, 2**63)}
        revoked, ids, chains = set(), {}, {}
        all_ids = {e.id for e in self.entries if e}
        for index, entry in enumerate(self.entries):
            if entry is None:
                continue
            place, check = self.place(index), self.check
            if entry.operation != self.operation:
                check.refute("entry.other-operation", place, "the entry is of another operation")
            if entry.id in ids:
                check.refute("entry.twice", place, "the same id stands at entry %d" % ids[entry.id])
            ids.setdefault(entry.id, index)
            known = certified.get(entry.kid)
            if known is None:
                check.refute("entry.kid-unknown", place, "no certificate of its pseudonym stands before it")
            else:
                self.signatures += 1
                if not es256(known[0], entry.id, entry.signature):
                    check.refute("entry.signature", place, "the signature is not valid")
                if not known[1] <= entry.claimed < known[2]:
                    check.note("chain.outside-certificate", place, "the claimed time is outside the certificate's")
                if entry.kid in revoked:
                    check.note("chain.after-revocation", place, "arrived after its pseudonym was revoked")
            self.seen(index, entry, place)
            self.chain(index, entry, place, chains)
            for other in entry.met:
                if other not in all_ids:
                    check.note("chain.head-missing", place, "an entry it had met is not here")
            for other in entry.refs:
                if other not in all_ids:
                    check.note("entry.ref-missing", place, "an entry it stands on is not here")
            if index and entry.kind == "charter":
                check.refute("charter.second", place, "a second charter")
            if entry.kind == "key":
                self.key_matter(index, entry, place, open_body, certified, revoked)
        self.gaps(chains)
        self.chains = chains

    def seen(self, index, entry, place):
        size, root = entry.seen
        if size > index or self.tree.root(size) != root:
            self.check.refute("entry.seen-other-log", place, "it had seen another log than this")

    def chain(self, index, entry, place, chains):
        held = chains.setdefault(entry.kid, {})
        if entry.seq in held:
            self.check.note("chain.fork", place, "entries %d and %d both claim seq %d" % (held[entry.seq][0], index, entry.seq))
        else:
            held[entry.seq] = (index, entry.id)
        if entry.seq and entry.seq - 1 in held and held[entry.seq - 1][1] != entry.prev:
            self.check.note("chain.fork-continued", place, "it continues another entry than the first held")

    def gaps(self, chains):
        for kid, held in chains.items():
            for seq in range(max(held)):
                if seq not in held:
                    self.check.note("chain.gap", "chain %s" % kid.hex(), "entry %d is missing" % seq)

    def key_matter(self, index, entry, place, open_body, certified, revoked):
        data = open_body(index, entry, entry.bodies[0]) if entry.bodies and not entry.bodies[0].sealed else None
        certificate = open_json(data, "certificate 1") if data is not None else None
        revocation = open_json(data, "revocation 1") if data is not None else None
        if certificate is not None:
            key, start, end = p256_key(certificate.get("key")), certificate.get("from"), certificate.get("to")
            good = is_hex(certificate.get("kid"), 16) and key and is_count(start) and is_count(end) and end > start
        else:
            good = revocation is not None and is_hex(revocation.get("kid"), 16) and revocation.get("reason") in ("ended", "lost", "compromised")
        if not good:
            self.check.refute("key.form", place, "neither a certificate nor a revocation")
        elif entry.kid != self.authority_kid:
            self.check.refute("key.not-by-authority", place, "not signed by the authority")
        elif certificate is not None:
            kid = bytes.fromhex(certificate["kid"])
            if kid in certified:
                self.check.refute("key.kid-reused", place, "the pseudonym is certified already")
            else:
                certified[kid] = (key, start, end)
        else:
            kid = bytes.fromhex(revocation["kid"])
            if kid not in certified:
                self.check.note("key.revoked-unknown", place, "the pseudonym was never certified")
            revoked.add(kid)

    def signed(self, data, place):
        """The state that the log has signed for, or None."""
        if data is None:
            self.check.refute("checkpoint.missing", place, "the log has signed for no state")
            return None
        try:
            size, root = read_checkpoint(data, "safeconduct/" + self.operation.hex(), self.log_key)
        except Wrong as wrong:
            self.check.refute(wrong.code, place, "not a checkpoint of this log")
            return None
        if size > len(self.entries):
            self.check.refute("log.entries-missing", place, "signed for %d entries, %d are here" % (size, len(self.entries)))
        elif self.tree.root(size) != root:
            self.check.refute("log.root-differs", place, "the entries do not give the signed root")
        elif size < len(self.entries):
            self.check.note("log.not-yet-logged", place, "%d entries are held and not logged" % (len(self.entries) - size))
        return size, root

    def published(self, files, prefix, size):
        """Every file that a log of the signed size publishes is there and follows from the entries; any other is unknown."""
        size = min(size, len(self.entries))
        due = {}
        for path, level, n, width in tile_files(size):
            due[prefix + path] = True
            data = files.read(prefix + path)
            if data is None:
                self.check.refute("tile.missing", prefix + path, "the size asks for it")
            elif data != self.tile(level, n, width):
                self.check.refute("tile.differs", prefix + path, "not the bytes that follow from the entries")
        for path in files.paths:
            match = re.fullmatch(re.escape(prefix) + r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})\.p/([1-9][0-9]{0,2})", path)
            if path in due or not path.startswith(prefix + "tile/"):
                continue
            if not match or int(match.group(3)) > 255 or not self.is_older(match, files.read(path), size):
                self.check.refute("file.unknown", path, "no part of the log")
        return due

    def is_older(self, match, data, size):
        level = match.group(1) if match.group(1) == "entries" else int(match.group(1))
        n, width = int(match.group(2).replace("x", "").replace("/", "")), int(match.group(3))
        count = size if level == "entries" else size >> 8 * level
        return 256 * n + width <= count and data == self.tile(level, n, width)

    def tile(self, level, n, width):
        if level == "entries":
            return b"".join(len(e).to_bytes(2, "big") + e for e in (self.raw(i) for i in range(256 * n, 256 * n + width)))
        return self.tree.tile(level, n, width)

    def raw(self, index):
        return self.bytes[index]


def blob_length_is_right(length):
    if length <= 1048576:
        return length >= 2048 and length & length - 1 == 0
    return length % 1048576 == 0


# ---------- a record

def check_record(files, check):
    raw, places, keys, blobs = read_journal(files, check)
    log = Log(raw, places, check)
    log.bytes = raw

    def open_body(index, entry, body):
        found = blobs.get(body.blob)
        if found is None or sha(found[0]) != body.blob or body.blob != body.commit or len(found[0]) != body.length or found[0][:32] != ZERO32:
            return None
        return found[0][32:]

    if not log.found(open_body):
        return log
    log.walk(open_body)
    signed = log.signed(files.read("checkpoint"), "checkpoint")
    due = log.published(files, "", signed[0] if signed else 0)
    named_keys, named_blobs, bodies = check_bodies(log, keys, blobs)
    for key_id, (_, name) in keys.items():
        if key_id not in named_keys:
            check.refute("key.not-named", name, "a wrapped key that no entry names")
    for digest, (_, name) in blobs.items():
        if digest not in named_blobs:
            check.refute("blob.not-named", name, "a blob that no entry names")
    for path in files.paths:
        known = path in due or path.startswith("tile/") or path in ("checkpoint", "lock") or re.fullmatch("journal/[0-9]{6}", path)
        if not known or (path == "lock" and files.read(path)):
            check.refute("file.unknown", path, "no part of a record")
    check.counts = {"entries": len(raw), "signatures": log.signatures, "bodies": bodies, "blobs": len(blobs), "wrapped keys": len(keys), "files": len(files.paths)}
    return log


def check_bodies(log, keys, blobs):
    check, named_keys, named_blobs, bodies = log.check, set(), set(), 0
    for index, entry in enumerate(log.entries):
        for body in entry.bodies if entry else []:
            bodies += 1
            place = log.place(index)
            named_blobs.add(body.blob)
            found = blobs.get(body.blob)
            if found is None:
                check.refute("blob.missing", place, "a body's blob is not here")
            elif sha(found[0]) != body.blob or len(found[0]) != body.length:
                check.refute("blob.differs", found[1], "the blob of entry %d is not of the named hash and length" % index)
            elif not body.sealed and (body.blob != body.commit or found[0][:32] != ZERO32):
                check.refute("body.open-form", place, "an open body not of the form it must have")
            if body.sealed:
                named_keys.add(body.key)
                check_key(check, keys.get(body.key), body, index, place)
                if not blob_length_is_right(body.length):
                    check.refute("body.length", place, "not a length that sealed bodies have")
    return named_keys, named_blobs, bodies


def check_key(check, found, body, index, place):
    if found is None:
        check.refute("key.missing", place, "a body's wrapped key is not here")
    elif sha(found[0])[:16] != body.key:
        check.refute("key.differs", found[1], "the wrapped key of entry %d is not of its name" % index)
    elif {1: 77, 2: 142}.get(found[0][0] if found[0] else 0) != len(found[0]):
        check.refute("key.form", found[1], "the wrapped key of entry %d has neither of the two forms" % index)


# ---------- a bundle, as bundle.md says

def json_text(text):
    out = []
    for c in text:
        if c in '"\\':
            out.append("\\" + c)
        elif c in "\b\f\n\r\t":
            out.append({"\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}[c])
        elif ord(c) < 0x20:
            out.append("\\u%04x" % ord(c))
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


def read_opened(files, check):
    """Opened bodies by entry and body, each as (media, commit, salt, bytes)."""
    opened = {}
    for path in sorted(p for p in files.paths if p.startswith("opened/")):
        try:
            lines = files.read(path).decode("utf-8").split("\n")
            if lines.pop() != "":
                raise ValueError
            for line in lines:
                item = json.loads(line)
                read_opened_line(files, path, line, item, opened)
        except (ValueError, KeyError, TypeError, AttributeError, UnicodeError, RecursionError):
            check.refute("bundle.derived-differs", path, "a line is not of the form it must have")
    return opened


def read_opened_line(files, path, line, item, opened):
    entry, body = item["entry"], item["body"]
    data = item["text"].encode("utf-8") if "text" in item else files.read(item["file"])
    if data is None or not is_count(entry) or not is_count(body) or path != "opened/%03d.jsonl" % (entry // 256):
        raise ValueError
    if opened and (entry, body) <= max(opened):
        raise ValueError
    last = '"text":' + json_text(item["text"]) if "text" in item else '"file":"blobs/%s"' % sha(data).hex()
    if line != '{"entry":%d,"body":%d,"media":%s,"commit":"%s","salt":"%s",%s}' % (entry, body, json_text(item["media"]), item["commit"], item["salt"], last):
        raise ValueError
    opened[entry, body] = (item["media"], bytes.fromhex(item["commit"]), bytes.fromhex(item["salt"]), data)


# ---------- statements as text, as bundle.md says under reading/

LABELS = {"by": "Said by", "relayed_by": "Relayed by", "basis": "Known by", "said_at": "Said at", "about": "Speaks of", "about_words": "In its words", "from": "From", "to": "To",
          "via": "By way of", "modality": "Put as", "said": "Says", "measured": "Number", "words": "Words", "paraphrase": "In short", "citation": "Read in", "reception": "Received",
          "attached": "Attached", "handling": "Goes to", "consent": "Consent", "links": "Link", "imported": "Imported as"}
UNSAFE = re.compile("[\\\\\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]")


class Digits(str):
    """A number as it was written."""


def safe(text):
    """Nothing in it can act on a terminal, hide, or turn around what stands beside it. Line feeds stay."""
    return UNSAFE.sub(lambda m: "\\\\" if m.group() == "\\" else "\\u{%x}" % ord(m.group()), text)


def name_shown(text):
    return safe(text).replace("\n", "\\u{a}")


def open_statement(data):
    """The JSON of a body that can be read as a statement, or None."""
    def once(pairs):
        if len({k for k, _ in pairs}) != len(pairs):
            raise ValueError("a member twice")
        return dict(pairs)

    def refuse(word):
        raise ValueError(word)

    def depth(value):
        if isinstance(value, str):
            value.encode("utf-8")
            return 0
        inner = list(value.keys()) + list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ()
        return max([depth(v) for v in inner], default=0) + 1 if isinstance(value, (dict, list)) else 0

    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_int=Digits, parse_float=Digits, parse_constant=refuse)
        whole = isinstance(value, dict) and depth(value) <= 32 and all(is_text(value.get(n)) for n in ("id", "kind"))
    except (ValueError, RecursionError):
        return None
    return value if whole else None


def is_text(value):
    return isinstance(value, str) and not isinstance(value, Digits)


def scalar(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, Digits) else safe(value) if isinstance(value, str) else None


def parts(path, value):
    stem = path + "." if path else ""
    if isinstance(value, dict):
        return [p for k, v in value.items() for p in parts(stem + name_shown(k), v)]
    if isinstance(value, list):
        return [p for i, v in enumerate(value) for p in parts("%s%d" % (stem, i + 1), v)]
    return [] if value is None else ["%s: %s" % (path, scalar(value)) if path else scalar(value)]


def shown(value):
    if not isinstance(value, dict):
        text = scalar(value)
        return "; ".join(parts("", value)) if text is None else text
    lead = "name" if is_text(value.get("name")) else "text" if is_text(value.get("text")) else None
    rest = "; ".join(p for k, v in value.items() if k != lead for p in parts(name_shown(k), v))
    return rest if lead is None else safe(value[lead]) + (" (%s)" % rest if rest else "")


def text_line(label, value):
    padding = " " * max(0, 15 - len(label.encode("utf-16-le")) // 2)
    return "    " + label + padding + " " + value.replace("\n", "\n" + " " * 20) + "\n"


def text_of(statement):
    out = ["%s: %s\n" % (name_shown(statement["id"]), name_shown(statement["kind"]))]
    for name, value in statement.items():
        if name not in ("v", "id", "kind") and value is not None:
            for one in value if isinstance(value, list) else [value]:
                out.append(text_line(LABELS.get(name) or name_shown(name), shown(one)))
    return "".join(out)


def clock_text(unix_ms):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(unix_ms // 1000)) if unix_ms < 253402300800000 else "%d ms" % unix_ms


def said(log, opened):
    """For every opened statement in the log's order: its block of text, and its line of JSON or None."""
    for (index, number), (_, _, _, data) in sorted(opened.items()):
        entry = log.entries[index] if index < len(log.entries) else None
        if number or not entry or entry.kind != "statement":
            continue
        statement = open_statement(data) if is_plain(data) else None
        place = text_line("In the log", "entry %d, number %d of device %s, whose clock said %s" % (index, entry.seq, entry.kid.hex(), clock_text(entry.claimed))) + text_line("Entry id", entry.id.hex()) + "\n"
        if statement is None:
            yield "(not readable as a statement; its bytes are in opened/)\n" + place, None
        else:
            yield text_of(statement) + place, b'{"entry":%d,"id":"%s","kid":"%s","seq":%d,"claimed":%d,"statement":%s}\n' % (
                index, entry.id.hex().encode(), entry.kid.hex().encode(), entry.seq, entry.claimed, data.replace(b"\n", b" ").replace(b"\r", b" "))


def is_plain(data):
    try:
        return not data.decode("utf-8").startswith("\ufeff")
    except UnicodeDecodeError:
        return False


def count_table(log, opened):
    rows, here = {}, {}
    for index, _ in opened:
        here[index] = here.get(index, 0) + 1
    for index, entry in enumerate(log.entries):
        if entry:
            row = rows.setdefault(entry.kind, [0, 0, 0])
            row[0], row[1], row[2] = row[0] + 1, row[1] + len(entry.bodies), row[2] + here.get(index, 0)
    return "kind          entries     bodies       here    lacking\n" + "".join(
        "%-10s %10d %10d %10d %10d\n" % (kind, e, b, n, b - n) for kind, (e, b, n) in sorted(rows.items())) + "\n"


PAPERS = ("reading/LACKS.txt", "reading/METHOD.txt", "reading/terms.txt", "reading/places-without-positions.geojson", "reading/report-not-published.html")


def reading(log, opened):
    """The files of reading/ that follow from the log and the opened bodies."""
    blocks, lines = [], []
    for block, line in said(log, opened):
        blocks.append(block)
        lines.append(line or b"")
    due = {"reading/statements.txt": "".join(blocks).encode("utf-8"), "reading/statements.jsonl": b"".join(lines)}
    report = None
    for (index, number), (media, _, _, data) in sorted(opened.items()):
        if index >= len(log.entries) or not log.entries[index] or log.entries[index].kind != "document":
            continue
        if number == 0 and media == "application/geo+json":
            due["reading/places.geojson"] = data
        if number == 0 and media == "text/vnd.safeconduct.agreement":
            due["reading/agreement.terms"] = data
        if number and media == "text/html" and index != report:
            report, due["reading/report.html"] = index, data
    return due


def check_bundle(files, check):
    fault = name_fault(sorted(files.paths))
    if fault:
        check.refute(fault[0], name_shown(fault[1]), "no name that a file of a bundle has")
    for path in files.others:
        check.refute("bundle.link", name_shown(path), "no plain file; a bundle has nothing else, and it was not followed")
    raw, places = [], []
    for path in entry_files(files):
        try:
            here = read_bundle_of_entries(files.read(path))
        except Wrong as wrong:
            check.refute(wrong.code, path, "entries are not behind their lengths")
            here = []
        raw += here
        places += [path] * len(here)
    log = Log(raw, places, check)
    log.bytes = raw
    opened = read_opened(files, check)

    def open_body(index, entry, body):
        found = opened.get((index, entry.bodies.index(body)))
        return found[3] if found and found[2] == ZERO32 and sha(ZERO32 + found[3]) == body.commit == body.blob else None

    if not log.found(open_body):
        # Without a charter nothing is signed by anybody; what is plainly not there can still be said.
        if files.read("log/checkpoint") is None:
            check.refute("checkpoint.missing", "log/checkpoint", "the log has signed for no state")
        for path, _, _, _ in tile_files(stated_size(files)):
            if files.read("log/" + path) is None:
                check.refute("tile.missing", "log/" + path, "the size asks for it")
        return log
    log.walk(open_body)
    signed = log.signed(files.read("log/checkpoint"), "log/checkpoint")
    log.published(files, "log/", signed[0] if signed else 0)
    bodies = check_opened(log, opened)
    check_manifest(files, log, check, len(raw), bodies, len(opened))
    check_derived(files, log, opened, check)
    log.opened = opened
    check.counts = {"entries": len(raw), "signatures": log.signatures, "bodies": bodies, "opened": len(opened), "not included": bodies - len(opened), "files": len(files.paths)}
    return log


def entry_files(files):
    """The files of entries in order, up to the first that is missing; of several partial ones the widest."""
    n = 0
    while "log/tile/entries/" + tile_name(n) in files.paths:
        yield "log/tile/entries/" + tile_name(n)
        n += 1
    partial = [p for p in files.paths if re.fullmatch(re.escape("log/tile/entries/" + tile_name(n)) + r"\.p/[1-9][0-9]{0,2}", p)]
    if partial:
        yield max(partial, key=lambda p: int(p.rsplit("/", 1)[1]))


def stated_size(files):
    """The size that the checkpoint states, not believed."""
    try:
        return min(int((files.read("log/checkpoint") or b"").split(b"\n")[1]), 2**32)
    except (IndexError, ValueError):
        return 0


def check_opened(log, opened):
    bodies = 0
    for index, entry in enumerate(log.entries):
        for number, body in enumerate(entry.bodies if entry else []):
            bodies += 1
            found = opened.get((index, number))
            if found is None:
                continue
            media, commit, salt, data = found
            if media != body.media or commit != body.commit or len(salt) != 32:
                log.check.refute("bundle.derived-differs", "opened/%03d.jsonl" % (index // 256), "entry %d names another body" % index)
            elif sha(salt + data) != body.commit:
                log.check.refute("body.other-text", "opened/%03d.jsonl, entry %d" % (index // 256, index), "another text than its signer committed to")
    for index, number in opened:
        if index >= len(log.entries) or log.entries[index] is None or number >= len(log.entries[index].bodies):
            log.check.refute("bundle.derived-differs", "opened/%03d.jsonl" % (index // 256), "a body that no entry names")
    return bodies


def check_manifest(files, log, check, entries, bodies, included):
    name = "safeconduct/%s/bundle" % log.operation.hex()
    try:
        lines = read_note(files.read("MANIFEST") or b"", name, log.log_key, "bundle.manifest").split("\n")
        listed = [re.fullmatch("([0-9a-f]{64}) (0|[1-9][0-9]*) (.+)", line).groups() for line in lines[3:-1]]
        if lines[0] != name or lines[-1] != "" or [p for _, _, p in listed] != sorted((p for _, _, p in listed), key=lambda p: p.encode("utf-8")):
            raise Wrong("bundle.manifest")
    except (Wrong, AttributeError):
        check.refute("bundle.manifest", "MANIFEST", "missing, not of its form, or not signed by the log")
        return
    if lines[1] != "entries %d" % entries or lines[2] != "bodies %d included %d withheld %d" % (bodies, included, bodies - included):
        check.refute("bundle.counts", "MANIFEST", "entries or bodies are not as many as it states")
    for digest, length, path in listed:
        data = files.read(path)
        if data is None:
            check.refute("bundle.file-missing", path, "listed and not here")
        elif sha(data).hex() != digest or len(data) != int(length):
            check.refute("bundle.file-differs", path, "not of the listed hash and length")
    for path in files.paths - {p for _, _, p in listed} - {"MANIFEST"}:
        check.refute("file.unknown", path, "not listed")


def check_derived(files, log, opened, check):
    due = {"keys/charter.json": log.charter,
           "keys/policy": ("log safeconduct/%s+%s+%s\nauthority %s %s\nwitnesses %s\n" % (
               log.operation.hex(), sha(b"safeconduct/" + log.operation.hex().encode() + b"\n\x01" + log.log_key)[:4].hex(),
               base64.b64encode(b"\x01" + log.log_key).decode(), log.authority_kid.hex(), log.authority_text, log.policy)).encode("utf-8")}
    lines = {}
    for index, entry in enumerate(log.entries):
        if entry:
            lines.setdefault(entry.kid, []).append("%d %d %s\n" % (entry.seq, index, entry.id.hex()))
    for kid, text in lines.items():
        due["chains/" + kid.hex()] = "".join(text).encode("ascii")
    for _, _, _, data in opened.values():
        if "blobs/" + sha(data).hex() in files.paths:
            due["blobs/" + sha(data).hex()] = data
    due.update(reading(log, opened))
    for path, data in due.items():
        if files.read(path) != data:
            check.refute("bundle.derived-differs", path, "not what follows from the log")
    if not (files.read("reading/LACKS.txt") or b"").startswith(count_table(log, opened).encode("ascii")):
        check.refute("bundle.derived-differs", "reading/LACKS.txt", "its table does not follow from the log")
    for path in files.paths:
        if path.startswith(("chains/", "keys/", "blobs/", "reading/")) and path not in due and path not in PAPERS:
            check.refute("bundle.derived-differs", path, "nothing in the log gives it")


# ---------- the command

def check_path(path):
    check, files = Check(), None
    try:
        if os.path.isfile(path):
            with open(path, "rb") as f:
                files = Zip(f.read())
            log = check_bundle(files, check)
        else:
            files = Files(path)
            log = check_bundle(files, check) if "MANIFEST" in files.paths or any(p.startswith("log/") for p in files.paths) else check_record(files, check)
    except Wrong as wrong:
        check.refute(wrong.code, path, str(wrong) if str(wrong) != wrong.code else "not of the form it must have")
        log = None
    return check, log, files


def print_read(log):
    for block, _ in said(log, log.opened):
        print(block, end="")


def print_lacks(log, files):
    given = files.read("reading/LACKS.txt").decode("utf-8", "replace")
    table = count_table(log, log.opened)
    print("Counted anew from the log:\n\n" + table + "In the words of whoever made this copy, signed with the log's key and no more:\n\n" + safe(given[len(table):]))


def main(arguments):
    paths = [a for a in arguments if not a.startswith("--")]
    flags = {a for a in arguments if a.startswith("--")}
    if len(paths) != 1 or flags - {"--json", "--quiet", "--read", "--lacks"} or not os.path.exists(paths[0]):
        print(__doc__.split("\n\n")[1] if not paths else "verify.py: one path that exists, please", file=sys.stderr)
        return 2
    for stream in (sys.stdout, sys.stderr):
        # Every script prints right, whatever the machine's language is set to.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    check, log, files = check_path(paths[0])
    to_read = flags & {"--read", "--lacks"}
    if to_read and not check.refuted and not hasattr(log, "opened"):
        print("verify.py: the bodies of a record are sealed; --read and --lacks are for a bundle", file=sys.stderr)
        return 2
    if to_read and not check.refuted and "--json" not in flags:
        if "--read" in flags:
            print_read(log)
        if "--lacks" in flags:
            print_lacks(log, files)
    elif "--json" in flags:
        print(json.dumps({"refuted": check.refuted, "checked": check.counts, "size": log.tree.size if log else 0, "root": log.tree.root(log.tree.size).hex() if log else None,
                          "findings": [{"weight": w, "code": c, "place": p, "message": m} for w, c, p, m in check.findings]}, indent=1))
    elif "--quiet" not in flags:
        for weight, code, place, message in check.findings:
            print("%s  %s  %s: %s" % ("REFUTES" if weight == REFUTES else "notable", code, name_shown(place), name_shown(message)))
        print(", ".join("%d %s" % (n, what) for what, n in check.counts.items()))
        if log:
            print("size %d, root %s" % (log.tree.size, log.tree.root(log.tree.size).hex()))
        print("refuted%s" % (": nothing of it is printed" if to_read else "") if check.refuted else "whole")
    return 1 if check.refuted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
