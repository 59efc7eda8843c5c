"""A writer of small OLE compound files: a Word or Excel document that lies as a storage in another made a file of its own."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def ole_file(streams: dict[str, bytes]) -> bytes:
    """A compound file of streams by path ("folder/name")."""
    entries: list[dict] = [{"name": "Root Entry", "kind": 5, "children": [], "data": b""}]
    folders = {"": 0}
    for path, data in streams.items():
        parent = ""
        for part in path.split("/")[:-1]:
            below = f"{parent}/{part}".lstrip("/")
            if below not in folders:
                folders[below] = _add(entries, folders[parent], part, 1, b"")
            parent = below
        _add(entries, folders[parent], path.split("/")[-1], 2, data)
    small = [entry for entry in entries if 0 < len(entry["data"]) < 4096]
    root, mini = _chained(small, 64)
    entries[0]["data"] = root
    body, fat = _chained([entry for entry in entries if entry not in small], _SECTOR)
    parts: list[int] = []
    for data in (
        b"".join(_entry(entries, index) for index in range(len(entries))),
        struct.pack(f"<{len(mini)}I", *mini).ljust(-(-max(len(mini), 1) * 4 // _SECTOR) * _SECTOR, b"\xff"),
    ):
        table: dict = {"data": data}
        more, chain = _chained([table], _SECTOR, len(fat))
        body, fat = body + more, fat + chain
        parts.append(table["start"])
    sectors = 1
    while len(fat) + sectors > sectors * 128:
        sectors += 1
    places = range(len(fat), len(fat) + sectors)
    fat += [_FAT] * sectors
    fat += [_FREE] * (sectors * 128 - len(fat))
    body += struct.pack(f"<{len(fat)}I", *fat)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, sectors, parts[0], 0, 4096, parts[1], 1, _END, 0)
    return header + struct.pack("<109I", *places, *[_FREE] * (109 - sectors)) + body


def _chained(entries: list[dict], size: int, first: int = 0) -> tuple[bytes, list[int]]:
    """The data of all entries in sectors, and the table of which sector follows which; sets where each begins."""
    body = b""
    table: list[int] = []
    for entry in entries:
        count = -(-len(entry["data"]) // size)
        start = first + len(table)
        entry["start"] = start if count else _END
        body += entry["data"].ljust(count * size, b"\0")
        table += [*range(start + 1, start + count), _END] if count else []
    return body, table


def _add(entries: list[dict], parent: int, name: str, kind: int, data: bytes) -> int:
    entries.append({"name": name, "kind": kind, "children": [], "data": data})
    entries[parent]["children"].append(len(entries) - 1)
    return len(entries) - 1


def _entry(entries: list[dict], index: int) -> bytes:
    entry = entries[index]
    siblings = next((each["children"] for each in entries if index in each["children"]), [index])
    place = siblings.index(index)
    following = siblings[place + 1] if place + 1 < len(siblings) else _FREE
    child = entry["children"][0] if entry["children"] else _FREE
    name = entry["name"].encode("utf-16-le")
    head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, entry["kind"], 1)
    return (
        head + struct.pack("<III", _FREE, following, child) + bytes(36) + struct.pack("<IQ", entry["start"], len(entry["data"]))
    )
