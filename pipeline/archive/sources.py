"""The archive that belongs to an output folder (档案与输出目录): one, or several that were added by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath

from pipeline.archive.store import Store
from pipeline.errors import Refusal
from pipeline.ingest import Kept, Source, archive_at, count_files, discover, is_there, nothing_kept

ARCHIVES = "archive"
_SAME = 0.5  # of the files known, found again below another path: the archive was moved
_LOOKED_AT = 200


class OtherArchive(Refusal):
    """An output folder that holds the results of another archive: its decisions must not be mixed with these."""


#: a folder or file on this machine, or an address
Archive = Path | str


def exists(archive: Archive) -> bool:
    """Whether there is such an archive. Raises RemoteUnavailable where a server can't be asked."""
    return archive.exists() if isinstance(archive, Path) else is_there(archive)


def bind(store: Store, here: Archive, out: Path, *, add: bool = False) -> list[Archive]:
    """The archives that ``out`` belongs to, ``here`` among them; the first scan binds them. Raises OtherArchive."""
    known = archives_of(store)
    if not known:
        known = [here]
    elif here not in known:
        gone = [path for path in known if not exists(path)]
        if moved := next((path for path in gone if _is_same(store, here)), None):
            known[known.index(moved)] = here
        elif add:
            _refuse_overlap(known, here)
            known.append(here)
        else:
            names = "、".join(map(str, known))
            raise OtherArchive(
                f"{out} 里是另一个档案（{names}）的结果和决定，没有改动任何文件。请给 {here} 换一个 --out 目录；"
                "确实要并入同一份台账的，加 --add。"
            )
    if lost := [path for path in known if not exists(path)]:
        raise OtherArchive(f"{out} 所属的档案目录 {lost[0]} 现在找不到，没有改动任何文件；请接好磁盘或共享目录后再试。")
    store.set_meta(ARCHIVES, "\n".join(map(str, known)))
    return known


def archives_of(store: Store) -> list[Archive]:
    """The archives that an output folder belongs to; none where no scan has said so yet."""
    return [archive_at(line) for line in store.get_meta(ARCHIVES).split("\n") if line]


def _is_same(store: Store, here: Archive) -> bool:
    """Whether most of the files known lie below the new path too: the archive was moved or renamed."""
    if isinstance(here, str):
        return False
    paths = list(islice((record.path for record in store.files() if "!" not in record.path), _LOOKED_AT))
    return bool(paths) and sum((here / path).exists() for path in paths) >= _SAME * len(paths)


def _refuse_overlap(known: Sequence[Archive], here: Archive) -> None:
    for path in known:
        if _lies_in(here, path) or _lies_in(path, here):
            raise OtherArchive(
                f"{here} 与已有的档案目录 {path} 互相包含，没有改动任何文件；请扫描包含两者的目录，另用一个 --out。"
            )


def _lies_in(one: Archive, other: Archive) -> bool:
    if isinstance(one, Path) and isinstance(other, Path):
        return one.is_relative_to(other)
    return isinstance(one, str) and isinstance(other, str) and f"{one}/".startswith(f"{other}/")


def sources(archives: Sequence[Archive], kept: Kept = nothing_kept) -> Iterator[Source]:
    """Every file of the archives; those of an added one under the name of its folder. What ``kept`` knows is not opened."""
    names: set[str] = set()
    for number, archive in enumerate(archives):
        name = PurePosixPath(archive).name if isinstance(archive, str) else archive.name or archive.drive.strip(":\\/")
        name = name or "档案"  # a drive or a share has no name of its own
        while number and name in names:
            name += "＋"
        names.add(name)
        below = f"{name}/" if number else ""
        for source in discover(archive, partial(_kept_below, kept, below)):
            yield replace(source, path=below + source.path) if below else source


def _kept_below(kept: Kept, below: str, path: str, size: int, mtime_ns: int) -> list[tuple[str, int]] | None:
    found = kept(below + path, size, mtime_ns)
    return found and [(place[len(below) :], each) for place, each in found]


class Expected:
    """How many files there will be (预计): those counted at a glance before the work, and the members of containers as they
    are found; behind a server, those listed so far. Exact once the walk is at its end."""

    def __init__(self, archives: Sequence[Archive]):
        self._unseen = sum(count_files(archive) for archive in archives if isinstance(archive, Path))
        self._last = ""
        self.found = 0

    def saw(self, source: Source) -> None:
        """A file or a member came up; members follow on the file that holds them."""
        holder = source.file or source.path
        self._unseen -= holder != self._last
        self._last = holder
        self.found += 1

    @property
    def total(self) -> int:
        return self.found + max(0, self._unseen)
