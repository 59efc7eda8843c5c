"""The page of review (复核.html): the same list, view and keys as the served one, in one file for any browser.

Made for whoever has no Jupyter: nothing is served and no port is opened, the file may be handed to the section that drafted
a document. Decisions stay in the browser until they are saved as a small file, which `shixin confirm` takes in.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipeline.archive import CHOICES
from pipeline.document import Function
from pipeline.review.display import document_view, style, templates
from pipeline.review.queue import LABELS, Item, Pick, kind
from pipeline.review.results import Scan
from pipeline.whole_files import whole

PAGE = "复核.html"
_SCRIPTS = (Path(__file__).parent.parent / "keys.js", Path(__file__).with_name("page.js"))
_NEAR, _NEAR_SHOWN = 0.05, 100  # the same near misses as in the report
_WHOLE_TEXT = 30_000  # characters of a document's full text on the page; the file holds the rest


def write_page(scan: Scan) -> Path:
    """Write OUT/复核.html with every flagged document and the nearest misses; it needs no other file and no network."""
    items = list(_shown(scan.items))
    script = "\n".join(file.read_text(encoding="utf-8") for file in _SCRIPTS)
    page = (
        templates()
        .get_template("mailed/page.html")
        .render(
            style=style(),
            script=script,
            hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            data=_json(
                {
                    "scan": hashlib.sha256(str(scan.out.resolve()).encode()).hexdigest()[:12],
                    "made": datetime.now(UTC).isoformat(timespec="seconds"),
                    "items": [_facts(item) for item in items],
                }
            ),
            documents=((item.document_id, _view(scan, item)) for item in items),
            choices=[(choice, LABELS.get(choice, choice)) for choice in CHOICES],
            picks=[str(pick) for pick in Pick],
            functions=[str(name) for name in Function],
            out=scan.out.name,
        )
    )
    with whole(scan.out / PAGE) as written:
        written.write_text(page, encoding="utf-8", errors="replace", newline="\n")
    return scan.out / PAGE


def _shown(items: list[Item]) -> Iterator[Item]:
    yield from (item for item in items if item.flagged)
    yield from [item for item in items if not item.flagged and item.score >= _NEAR][:_NEAR_SHOWN]


def _view(scan: Scan, item: Item) -> str:
    return document_view(scan.screening(item.document_id), places=scan.places(item), longest=_WHOLE_TEXT)


def _facts(item: Item) -> dict:
    return {
        "id": item.document_id,
        "title": item.title or item.path,
        "number": item.number,
        "pick": str(kind(item)),
        "functions": item.functions,
        "decision": item.decision,
        "note": item.note,
        "at": item.decided_at,
    }


def _json(value: object) -> str:
    """JSON that can't end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
