"""Word documents saved as XML: WordML of Word 2003, read without LibreOffice."""

from pipeline.ingest import read_document

SPACE = 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'


def word_xml(body: str) -> bytes:
    start = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    return f"{start}<w:wordDocument {SPACE}><w:body>{body}</w:body></w:wordDocument>".encode()


def test_paragraphs_printed_labels_rows_and_notes_are_read():
    label = '<w:pPr><w:listPr><w:ilvl w:val="0"/><wx:t wx:val="第一条 "/></w:listPr></w:pPr>'
    note = "<w:r><w:footnote><w:p><w:r><w:t>脚注里的依据。</w:t></w:r></w:p></w:footnote></w:r>"
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = f"<w:p>{label}<w:r><w:t>依法认定失信行为。</w:t></w:r>{note}</w:p>"
    body += f"<w:tbl><w:tr>{cell.format('措施')}{cell.format('依据')}</w:tr></w:tbl>"
    assert read_document(word_xml(body), "a.xml").text == "第一条 依法认定失信行为。\n脚注里的依据。\n措施\t依据"


def test_entities_are_not_expanded():
    data = word_xml("<w:p><w:r><w:t>依法公示&x;。</w:t></w:r></w:p>")
    assert "甲" not in read_document(data.replace(b"?><w:", b'?><!DOCTYPE a [<!ENTITY x "\xe7\x94\xb2">]><w:', 1), "a.xml").text
