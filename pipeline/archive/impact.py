"""What a changed law touches (影响): the lines of a scan whose judgement another table of authorities alters, before and after."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.archive.store import Store
from pipeline.document import Finding, Screening
from pipeline.screening import judge


class Change(NamedTuple):
    """One line of the ledger whose judgement changes; ``before`` and ``after`` are verdict and reason, empty where there is none."""

    path: str
    title: str
    clause: str
    function: str
    measure: str
    before: str
    after: str


def impact(out: Path, registry: Path, as_of: str | None = None) -> list[Change]:
    """Judge every flagged document of a scan again with ``registry`` added, and say what differs; nothing is stored.

    ``as_of`` is the day of judgement (ISO), by default the scan's own. Raises FileNotFoundError without a scan, `RegistryError`.
    """
    if not (out / "scan.sqlite").is_file():
        raise FileNotFoundError(2, "no scan", str(out / "scan.sqlite"))
    changes: list[Change] = []
    with Store(out / "scan.sqlite") as store:
        on = as_of or store.get_meta("version").partition("@")[2] or date.today().isoformat()
        flagged = {summary.sha256 for summary in store.summaries() if summary.flagged}
        leaders = store.leaders()
        for record in store.files():
            if record.sha256 in flagged and not record.kind and leaders[record.path] == record.path:
                before = store.screening(record.sha256, record.path)
                after = judge(before.document, before.metadata, before.clauses, as_of=on, registry=registry)
                changes += _differences(record.path, before, after)
    return changes


def _differences(path: str, before: Screening, after: Screening) -> list[Change]:
    was, now = _lines(before), _lines(after)
    return [
        Change(path, before.metadata.title, *key, was.get(key, ""), now.get(key, ""))
        for key in dict.fromkeys([*was, *now])
        if was.get(key, "") != now.get(key, "")
    ]


def _lines(screening: Screening) -> dict[tuple[str, str, str], str]:
    return {_key(screening, finding): f"{finding.verdict}：{finding.reason}" for finding in screening.findings}


def _key(screening: Screening, finding: Finding) -> tuple[str, str, str]:
    return screening.clauses[finding.clause].label, finding.function, finding.measure
