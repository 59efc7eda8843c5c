"""Outlook's ways of mail: winmail.dat, compressed RTF, messages and objects inside an MSG; pictures that no body shows."""

from __future__ import annotations

import io
import struct
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image

from pipeline.document import UnreadableFile
from pipeline.ingest import discover, read_bytes, read_document
from pipeline.ingest.containers.compound import ole_file
from pipeline.ingest.containers.compressed_rtf import unpacked
from pipeline.ingest.containers.mail import open_mail, parse_letter
from tests.ingest.parts import plant

WORDS, OTHER = plant.sentence(4), plant.sentence(9)


def rtf(words: str) -> bytes:
    text = "".join(f"\\u{ord(each) if ord(each) < 32768 else ord(each) - 65536}?" for each in words)
    return f"{{\\rtf1\\ansi\\ansicpg936\\pard {text}\\par}}".encode()


def compressed(data: bytes) -> bytes:
    """Compressed RTF without any repetition: eight bytes a run, then the mark of the end."""
    out, pieces = bytearray(), [data[start : start + 8] for start in range(0, len(data), 8)]
    for piece in pieces[:-1]:
        out += b"\0" + piece
    end = (207 + len(data)) % 4096
    last = pieces[-1] if len(pieces[-1]) < 8 else b""
    out += b"" if last else b"\0" + pieces[-1]
    out += bytes([1 << len(last)]) + last + struct.pack(">H", end << 4)
    return struct.pack("<III", len(out) + 12, len(data), 0x75465A4C) + bytes(4) + out


def test_compressed_rtf_of_the_specification():
    packed = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    assert unpacked(bytes.fromhex(packed)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    repeated = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    assert unpacked(bytes.fromhex(repeated)) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


@pytest.mark.parametrize("data", [b"", b"short", bytes(40), compressed(rtf(WORDS))[:60]])
def test_broken_compressed_rtf_is_refused(data: bytes):
    with pytest.raises(ValueError, match="compressed RTF"):
        unpacked(data)


def attribute(level: int, number: int, body: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(body)) + body + struct.pack("<H", sum(body) & 0xFFFF)


def mapi(properties: dict[tuple[int, int], bytes]) -> bytes:
    """Properties of MAPI: a number, one with a name, one of many values, then those given."""
    out = struct.pack("<I", 3 + len(properties)) + struct.pack("<HHI", 0x0003, 0x0E07, 1)
    name = "甲乙丙\0".encode("utf-16-le")
    out += struct.pack("<HH", 0x001F, 0x8001) + bytes(16) + struct.pack("<II", 1, len(name)) + name
    out += struct.pack("<II", 1, 2) + b"a\0\0\0"
    out += struct.pack("<HHI", 0x1003, 0x1234, 2) + bytes(8)
    for (kind, number), value in properties.items():
        out += struct.pack("<HHII", kind, number, 1, len(value)) + value + bytes(-len(value) % 4)
    return out


def winmail(attachments: dict[str, bytes], properties: dict[tuple[int, int], bytes] | None = None) -> bytes:
    out = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x00089006, bytes([0, 0, 1, 0]))
    out += attribute(1, 0x00018004, "供热通知\0".encode("gbk")) + attribute(1, 0x00069003, mapi(properties or {}))
    for name, data in attachments.items():
        out += attribute(2, 0x00069002, bytes(14)) + attribute(2, 0x00018010, b"SHORT~1.DOC\0")
        inside = {(0x001F, 0x3707): f"{name}\0".encode("utf-16-le")}
        if data.startswith(b"\x78\x9f"):
            inside[0x000D, 0x3701] = bytes(16) + data
        else:
            out += attribute(2, 0x0006800F, data)
        out += attribute(2, 0x00069005, mapi(inside))
    return out


def letter(data: bytes, kind: str = "application/ms-tnef") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.invalid", "b@example.invalid", "供热"
    message.set_content("请看附件。")
    main, sub = kind.split("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename="winmail.dat")
    return message.as_bytes()


@pytest.mark.parametrize("kind", ["application/ms-tnef", "application/octet-stream"])
def test_what_a_winmail_dat_holds_is_the_letters(kind: str, tmp_path: Path):
    packed = winmail({"办法.docx": plant.small_docx(WORDS), "细则.txt": OTHER.encode()})
    (tmp_path / "a.eml").write_bytes(letter(packed, kind))
    sources = list(discover(tmp_path))
    assert [source.path for source in sources] == ["a.eml!正文.txt", "a.eml!办法.docx", "a.eml!细则.txt"]
    assert WORDS in read_document(read_bytes(sources[1]), sources[1].path).text


def test_winmail_dat_that_lies_by_itself(tmp_path: Path):
    inner = winmail({"内层.txt": OTHER.encode()})
    (tmp_path / "winmail.dat").write_bytes(winmail({"转发": inner}, {(0x0102, 0x1009): compressed(rtf(WORDS))}))
    texts = [read_document(read_bytes(source), source.path).text for source in discover(tmp_path)]
    assert any(WORDS in text for text in texts) and any(OTHER in text for text in texts)


def test_body_that_only_the_packed_rtf_has_is_the_letters():
    packed = winmail({}, {(0x0102, 0x1009): compressed(rtf(WORDS))})
    assert read_document(letter(packed), "a.eml").text.endswith(WORDS)


def test_broken_winmail_dat_is_listed(tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(letter(winmail({"办法.txt": WORDS.encode()})[:-30]))
    (found,) = [source for source in discover(tmp_path) if source.path.endswith("winmail.dat")]
    assert found.problem is not None and found.problem.kind == "文件损坏"


def msg(streams: dict[str, bytes]) -> bytes:
    return ole_file({"__properties_version1.0": bytes(32), **streams})


def test_msg_with_an_rtf_body_only():
    assert WORDS in read_document(msg({"__substg1.0_10090102": compressed(rtf(WORDS))}), "a.msg").text


def test_both_bodies_of_an_msg_and_the_picture_in_it():
    stored = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stored, "PNG")
    attached = "__attach_version1.0_#00000000/__substg1.0_"
    data = msg(
        {
            "__substg1.0_1000001F": f"{WORDS}\r\n".encode("utf-16-le"),
            "__substg1.0_10130102": f'<meta charset="utf-8"><p>{OTHER}</p><img src="cid:x1">'.encode(),
            f"{attached}3712001F": "x1".encode("utf-16-le"),
            f"{attached}37010102": stored.getvalue(),
        }
    )
    document = read_document(data, "a.msg")
    assert WORDS in document.text and OTHER in document.text
    assert [part.place for part in document.parts] == ["第1张图片"] and open_mail(data) is None


def test_message_and_object_inside_an_msg_keep_what_they_hold():
    inside, other = (f"__attach_version1.0_#0000000{number}/__substg1.0_3701000D" for number in (0, 1))
    data = msg(
        {
            f"{inside}/__properties_version1.0": bytes(24),
            f"{inside}/__substg1.0_1000001F": WORDS.encode("utf-16-le"),
            f"{inside}/__attach_version1.0_#00000000/__substg1.0_3707001F": "细则.txt".encode("utf-16-le"),
            f"{inside}/__attach_version1.0_#00000000/__substg1.0_37010102": OTHER.encode(),
            f"{other}/Package": plant.small_docx(OTHER),
        }
    )
    members = open_mail(data) or []
    assert [member.name for member in members] == ["附件.txt", "细则.txt", "附件.docx"]
    assert WORDS in members[0].read().decode() and members[1].read().decode() == OTHER


def test_pictures_and_rtf_that_no_body_shows_are_attachments():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.invalid", "b@example.invalid", "供热"
    message.set_content(f"<p>{WORDS}</p>", subtype="html")
    message.make_mixed()
    for kind, identifier in (("image/png", "<y>"), ("image/png", ""), ("text/rtf", "")):
        part = EmailMessage()
        part["Content-Type"] = kind
        if identifier:
            part["Content-ID"] = identifier
        part.set_payload("\\x89PNG" if kind == "image/png" else rtf(OTHER).decode())
        message.attach(part)
    assert len(parse_letter(message.as_bytes()).attachments) == 3


def test_truncated_msg_is_a_problem():
    with pytest.raises(UnreadableFile):
        read_document(msg({"__substg1.0_1000001F": WORDS.encode("utf-16-le")})[:700], "a.msg")
