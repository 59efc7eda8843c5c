"""A new version of the program over an old output folder (升级): what will be judged anew, told before it is."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pipeline.archive.people.views import decided
from pipeline.archive.result_versions import judgement_version, reading_version
from pipeline.archive.store import Store

_RULES = 16  # characters of a version that stand for the program's own rules, model and tables


class Outdated(NamedTuple):
    """What a scan with this version will do again. ``judged`` documents, from their stored text; ``read`` files, of which all
    or a part could not be read before, or whose parts were never accounted for; ``decisions`` of people, all of which stay."""

    judged: int
    read: int
    decisions: int

    def sentence(self) -> str:
        """In Chinese, for the person who starts the scan."""
        parts = [f"{self.judged} 份文件按新的规则、模型和依据库重新判断（用已存的文字，不重读原文件）"] if self.judged else []
        parts += [f"{self.read} 份此前没有读全的文件再读一次"] if self.read else []
        kept = f"已作的 {self.decisions} 项人工决定全部保留" if self.decisions else "尚无人工决定"
        return f"这个输出目录由另一版本的程序生成。本次将有：{'；'.join(parts)}。{kept}。"


def outdated(out: Path, as_of: str, registry: str | None = None) -> Outdated | None:
    """None where there is nothing that another version of the program left; a changed date or table of the user's own is none."""
    if not (out / "scan.sqlite").is_file():
        return None
    with Store(out / "scan.sqlite") as store:
        rules = judgement_version(as_of, registry)[:_RULES]
        judged = sum(version[:_RULES] != rules for version in store.versions())
        readers = reading_version()
        changed = store.get_meta("reading") != readers
        again = changed and sum(bool(record.kind) or store.may_gain(record.sha256, readers) for record in store.files())
    found = Outdated(judged, int(again), len(decided(out)))
    return found if found.judged or found.read else None
