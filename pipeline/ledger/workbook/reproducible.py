"""Same in, same out (同样输入，同样输出): a workbook saved without the moment of saving in it."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from pipeline.ledger.workbook.lines import Lines
from pipeline.whole_files import whole

_EPOCH = datetime(2000, 1, 1)
_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def save(book: Workbook, path: Path, tables: Sequence[Lines] = ()) -> None:
    """Save ``book`` at ``path`` in one step, with the lines of its ``tables``, every date in the package fixed. Raises PermissionError
    where open elsewhere."""
    book.properties.creator = "shixin"
    book.properties.created = _EPOCH
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as finished, tempfile.TemporaryFile() as raw:
        book.save(raw)
        raw.seek(0)
        lines = {f"xl/worksheets/sheet{1 + book.sheetnames.index(table.sheet.title)}.xml": table for table in tables}
        _without_dates(zipfile.ZipFile(raw), finished, lines)


def _without_dates(source: zipfile.ZipFile, target: Path, tables: Mapping[str, Lines]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for item in sorted(source.infolist(), key=lambda item: (item.filename != "[Content_Types].xml", item.filename)):
            entry = zipfile.ZipInfo(item.filename, _ZIP_EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            body = source.read(item)
            if item.filename == "docProps/core.xml":
                body = _MODIFIED.sub(rb"\g<1>" + _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), body)
            with package.open(entry, "w") as member:
                member.writelines(tables[item.filename].within(body) if item.filename in tables else [body])
