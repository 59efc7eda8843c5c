"""Mail: the body is a document, attachments are files of their own."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.document import UnreadableFile
from pipeline.ingest import discover, read, read_bytes, read_document
from pipeline.ingest.containers.compound import ole_file
from pipeline.ingest.containers.mail import open_mail, parse_letter


def eml(*attachments: tuple[str, bytes], html: str = "", plain: str = "请各单位于月底前报送台账。") -> bytes:
    message = EmailMessage()
    message["Subject"] = "关于报送失信约束文件台账的通知"
    message["From"] = "信用科 <a@example.invalid>"
    message["Date"] = "Tue, 19 Jan 2021 08:00:00 +0800"
    message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def msg(body: str, attachments: dict[str, bytes]) -> bytes:
    streams = {
        "__properties_version1.0": bytes(32),
        "__substg1.0_0037001F": "转发：信用修复材料".encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    for index, (name, data) in enumerate(attachments.items()):
        folder = f"__attach_version1.0_#{index:08X}"
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = data
    return ole_file(streams)


def test_mail_without_attachments_is_one_document(tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(eml())
    assert [source.path for source in discover(tmp_path)] == ["a.eml"]
    text = read(tmp_path / "a.eml").text
    assert "主题：关于报送失信约束文件台账的通知" in text
    assert "请各单位于月底前报送台账。" in text


def test_body_and_attachments_are_members(tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(eml(("台账.txt", "失信行为认定".encode())))
    sources = list(discover(tmp_path))
    assert [source.path for source in sources] == ["a.eml!正文.txt", "a.eml!台账.txt"]
    assert read_document(read_bytes(sources[1]), sources[1].path).text == "失信行为认定"
    assert "请各单位" in read_document(read_bytes(sources[0]), sources[0].path).text
    assert read(f"{tmp_path}/a.eml!台账.txt").text == "失信行为认定"


def test_html_body_keeps_its_table():
    html = "<table><tr><td>序号</td><td>措施</td></tr><tr><td>1</td><td>公示</td></tr></table>"
    assert "序号\t措施\n1\t公示" in read_document(eml(html=html), "a.eml").text


def test_raw_gbk_body_and_headers_are_read():
    head = b"Subject: " + "信用通报".encode("gbk") + b"\r\nFrom: a@example.invalid\r\nDate: x\r\nMIME-Version: 1.0\r\n"
    data = head + b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + "列入名单".encode("gbk")
    text = read_document(data, "a.eml").text
    assert "信用通报" in text and "列入名单" in text


def test_attachment_named_in_raw_gbk_is_found():
    head = b"Subject: x\r\nFrom: y\r\nTo: z\r\nMIME-Version: 1.0\r\n"
    head += b'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="'
    members = open_mail(head + "台账.txt".encode("gbk") + b'"\r\n\r\ntext')
    assert members is not None and members[-1].name == "台账.txt"


def test_forwarded_message_is_an_attachment():
    outer = EmailMessage()
    outer["Subject"], outer["From"], outer["To"] = "转发", "a@example.invalid", "b@example.invalid"
    outer.set_content("见附件")
    inner = EmailMessage()
    inner["Subject"] = "里面的邮件"
    inner.set_content("里面的正文")
    outer.add_attachment(inner)
    members = open_mail(outer.as_bytes())
    assert members is not None
    assert "里面的正文" in parse_letter(members[1].read()).plain


def test_msg_body_and_attachments(tmp_path: Path):
    (tmp_path / "a.msg").write_bytes(msg("正文内容。", {"依据.txt": "《条例》第八条".encode()}))
    sources = list(discover(tmp_path))
    assert [source.path for source in sources] == ["a.msg!正文.txt", "a.msg!依据.txt"]
    assert read_bytes(sources[1]).decode() == "《条例》第八条"
    assert "转发：信用修复材料" in read_bytes(sources[0]).decode()


def test_web_archive_is_read_as_its_page():
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Location: x\r\n\r\n<html><p>网页里的通知。</p></html>"
    head = (
        'From: <Saved by browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    )
    assert read_document(f"{head}--b\r\n{part}\r\n--b--\r\n".encode(), "a.mht").text == "网页里的通知。"


def test_name_that_leads_outside_stays_a_name(tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(eml(("../../etc/passwd.txt", b"text")))
    assert [source.path for source in discover(tmp_path)][1] == "a.eml!_.._etc_passwd.txt"


@pytest.mark.parametrize("depth", [50, 3000])
def test_nested_multiparts_do_not_overflow(depth: int, tmp_path: Path):
    lines = [b"Subject: x\r\nFrom: y\r\nTo: z\r\nMIME-Version: 1.0"]
    lines += [b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d' % (index, index) for index in range(depth)]
    try:
        read_document(b"\r\n".join(lines) + b"\r\n\r\ntext", "a.eml")
    except UnreadableFile as error:
        assert error.kind
