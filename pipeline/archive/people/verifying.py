"""Whether anything sealed was changed (核验): sums over manifest, workbook, journal, and the files of the archive."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive.people.kept import KNOWN, scan_says, views_changed
from pipeline.archive.sources import ARCHIVES, Archive, exists, sources
from pipeline.decisions import FILE, SEAL, Journal, JournalDamaged
from pipeline.errors import Refusal
from pipeline.ingest import Source, archive_at, members_in, opened, read_bytes
from pipeline.ledger import LedgerError, Seal, draft_id, row_from_json, seal
from pipeline.ledger.workbook.sums import cells_digest, sum_of, sums_in


@dataclass(slots=True)
class Verified:
    """``changed`` names all that is not as it was sealed or written; ``said`` what was checked and found in order."""

    changed: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    sums: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.changed


def verify(path: str | Path, *, archive: str | Path | None = None, paper: str = "") -> Verified:
    """Check an output folder, or one sealed workbook by itself. ``paper`` is the sum printed on the paper ledger.

    Raises FileNotFoundError where there is nothing.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(2, "nothing to verify", str(path))
    found = Verified()
    if path.is_file():
        _workbook(path, found)
    else:
        _folder(path, Path(archive) if archive else None, found)
    if paper.strip() and paper.strip() not in found.sums:
        found.changed.append(f"纸面校验值 {paper.strip()} 与封存的不符：纸面台账与这里的不是同一份，或封存内容被改动过")
    return found


def _workbook(path: Path, found: Verified) -> None:
    sums, cores = sums_in(path)
    if len(sums) != 1 or len(cores) != 1:
        found.changed.append(f"{path}：没有封存校验值，或校验值被改动过；它不是封存的台账")
        return
    (sum_,), (core,) = sums, cores
    found.sums.append(sum_)
    if sum_of(cells_digest(path), core) != sum_:
        found.changed.append(f"{path}：内容与校验值 {sum_} 不符，封存后被改动过")
    else:
        found.said.append(f"{path.name} 与校验值 {sum_} 相符")


def _folder(out: Path, archive: Path | None, found: Verified) -> None:
    sealed = [(manifest, _manifest(manifest, found)) for manifest in seal.manifests(out)]
    for manifest, made in sealed:
        if made is not None:
            _sealed(manifest, made, found)
    seals = [made for _, made in sealed if made is not None]
    _journal(out, seals, found)
    if seals:
        _sources(out, seals[-1], archive, found)


def _manifest(path: Path, found: Verified) -> Seal | None:
    try:
        made = seal.read_manifest(path)
    except LedgerError as error:
        found.changed.append(str(error))
        return None
    if made.sum and seal.as_text(made) != path.read_text(encoding="utf-8"):
        found.changed.append(f"{path}：封存清单的写法被改动过")
    return made


def _sealed(manifest: Path, made: Seal, found: Verified) -> None:
    before = len(found.changed)
    book, copy = manifest.parent / made.file, manifest.parent / made.journal_file
    if not book.is_file():
        found.changed.append(f"{book}：封存的台账不见了")
    elif hashlib.sha256(book.read_bytes()).hexdigest() != made.sha256:
        found.changed.append(f"{book}：封存的台账被改动过")
    elif made.sum:
        if sum_of(made.cells, made.core) != made.sum:
            found.changed.append(f"{manifest}：封存清单被改动过，与校验值 {made.sum} 不符")
        if cells_digest(book) != made.cells or sums_in(book) != ({made.sum}, {made.core}):
            found.changed.append(f"{book}：台账内容或所印校验值与封存清单不符")
    if made.sum and not copy.is_file():
        found.changed.append(f"{copy}：封存的决定记录不见了")
    elif made.sum and hashlib.sha256(copy.read_bytes()).hexdigest() != made.journal_sha256:
        found.changed.append(f"{copy}：封存的决定记录被改动过")
    found.sums.append(made.sum)
    if len(found.changed) == before:
        found.said.append(f"{made.file}：{made.sealed_on} 封存，校验值 {made.sum or made.sha256}，相符")


def _journal(out: Path, seals: list[Seal], found: Verified) -> None:
    if not (out / FILE).is_file():
        if seals or scan_says(out, KNOWN):
            found.changed.append(f"{out / FILE}：决定记录不见了；请用备份恢复")
        return
    try:
        with Journal(out / FILE, looking=True) as journal:
            _chain(out, journal, seals, found)
            views = views_changed(out, journal)
            found.changed += views
            if journal.outputs() and not views:
                found.said.append("扫描结果、台账草稿和报告与生成时相同")
    except JournalDamaged as error:
        found.changed.append(str(error))


def _chain(out: Path, journal: Journal, seals: list[Seal], found: Verified) -> None:
    before = len(found.changed)
    if broken := journal.broken_at():
        found.changed.append(f"{out / FILE}：第 {broken} 条决定记录被改动、插入或删除过")
    if not journal.guarded():
        found.changed.append(f"{out / FILE}：防止改动的设置被去掉了")
    for made in seals:
        if made.journal and list(journal.head(made.journal[0])) != list(made.journal):
            found.changed.append(f"{out / FILE}：封存时的 {made.journal[0]} 条决定记录与现在的不一致（被替换或删减过）")
    known = {made.sum for made in seals}
    recorded = {event.after for event in journal.events(fields=(SEAL,))}
    if any(made.sum and made.sum not in recorded for made in seals):
        found.changed.append(f"{out / FILE}：没有封存的记录，决定记录或封存清单被替换过")
    last = [event.after for event in journal.events(fields=(SEAL,))][-1:]
    if last and last[0] not in known:
        found.changed.append(f"{out / seal.FOLDER}：决定记录中有校验值为 {last[0]} 的封存，但找不到它的封存清单")
    for id_, bodies in journal.drafts():
        if bodies is None or draft_id(row_from_json(body) for body in bodies) != id_:
            found.changed.append(f"{out / FILE}：草稿 {id_} 的存底被改动过")
    if len(found.changed) == before:
        found.said.append(f"决定记录 {journal.head()[0]} 条，前后相连，没有改动")


def _sources(out: Path, made: Seal, archive: Archive | None, found: Verified) -> None:
    """The files of the archive against the manifest, where the archive is at hand."""
    folders: list[Archive] = [archive] if archive else _archives(out)
    if not made.files:
        return
    if not folders or not all(map(exists, folders)):
        found.said.append(f"档案目录不在原处，没有核对 {len(made.files)} 个文件；可用 --archive 指明")
        return
    now: dict[str, str] = {}
    for source in _opened(folders):
        if source.path in made.files and source.problem is None:
            try:
                now[source.path] = hashlib.sha256(read_bytes(source)).hexdigest()
            except (OSError, Refusal):
                continue
    same = 0
    for path, sha256 in made.files.items():
        if not sha256:
            continue
        if path not in now:
            found.changed.append(f"{path}：封存时在档案中，现已不见或读不了")
        elif now[path] != sha256:
            found.changed.append(f"{path}：封存后内容变了")
        else:
            same += 1
    found.said.append(f"档案中 {same} 个文件与封存时相同")


def _opened(folders: list[Archive]) -> Iterator[Source]:
    """Every file of the archives, those in remote containers too."""
    for source in sources(folders):
        yield source
        if source.closed:
            with contextlib.suppress(OSError, Refusal):
                yield from opened(source, members_in(read_bytes(source), source.path))


def _archives(out: Path) -> list[Archive]:
    return [archive_at(line) for line in scan_says(out, ARCHIVES).split("\n") if line]
