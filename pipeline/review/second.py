"""Two readers (两人复核): a blind second reading of a sample, how far both agree (Cohen's kappa), and what to settle."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.archive import Store
from pipeline.decisions import DECISION, FILE, SAMPLE, SECOND, UNDO, Batch, Change, Event, Journal
from pipeline.errors import Refusal

_RESAMPLES = 2000
_BY = "第二人复核"


class NothingToReadAgain(Refusal):
    """Nobody else has decided anything yet."""


class Pair(NamedTuple):
    """One document read by both: what each decided, and who. ``settled`` is the word that somebody gave after the second."""

    document_id: str
    title: str
    first: str
    first_by: str
    second: str
    second_by: str
    settled: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree: the share of equal words, and kappa with its 95 % interval (None where one word was all
    that either said: chance alone explains that)."""

    pairs: list[Pair]
    share: float
    kappa: float | None
    low: float | None
    high: float | None

    @property
    def sentence(self) -> str:
        """In words, for a person."""
        if not self.pairs:
            return "还没有两人都看过的文件，无法计算一致程度。"
        same = sum(pair.first == pair.second for pair in self.pairs)
        told = f"两人都看过 {len(self.pairs)} 份，决定相同 {same} 份（{self.share:.0%}）"
        if self.kappa is None:
            return f"{told}；两人的决定几乎只有一种，Kappa 系数无从计算，请扩大样本。"
        return (
            f"{told}；Kappa 系数 {self.kappa:.2f}（95% 区间 {self.low:.2f} 至 {self.high:.2f}，按文件重抽 {_RESAMPLES} 次）。"
        )


def draw(out: Path, who: str, size: int) -> list[str]:
    """The documents that this person is to read again: as many of those that others have decided, in an order that nobody
    chooses. Drawn once and kept; a larger size adds to what was drawn. Raises NothingToReadAgain."""
    with Journal(out / FILE) as journal:
        events = _holding(journal)
        drawn: list[str] = next(
            (json.loads(event.after) for event in reversed(events) if event.field == SAMPLE and event.who == who), []
        )
        with Store(out / "scan.sqlite") as store:
            known = {record.sha256[:16] for record in store.files() if not record.kind}
        words = {event.document: event for event in events if event.field == DECISION}
        free = [id_ for id_, event in words.items() if event.after and event.who != who and id_ in known and id_ not in drawn]
        free.sort(key=lambda id_: hashlib.sha256(f"{who}\0{id_}".encode()).digest())
        more = free[: max(0, size - len(drawn))]
        if not drawn and not more:
            raise NothingToReadAgain("还没有别人决定过的文件，没有可供第二人复核的样本；请先由第一人复核。")
        if more:
            drawn = [*drawn, *more]
            journal.append([Change("", SAMPLE, "", json.dumps(drawn))], Batch(_BY, "", who))
    return drawn


def pairs(out: Path) -> list[Pair]:
    """Every document that two people have read, the second one blind; the first's word as it stood then."""
    if not (out / FILE).is_file():
        return []
    with Journal(out / FILE, looking=True) as journal:
        events = _holding(journal)
    with Store(out / "scan.sqlite") as store:
        titles = {summary.sha256[:16]: summary.title for summary in store.summaries()}
    found: dict[str, Pair] = {}
    words: dict[str, Event] = {}
    for event in events:
        if event.field == DECISION and event.document in found:
            found[event.document] = found[event.document]._replace(settled=event.after)
        if event.field == DECISION:
            words[event.document] = event
        first = words.get(event.document)
        if event.field == SECOND:
            found.pop(event.document, None)
            if event.after and first and first.after and first.who != event.who:
                title = titles.get(event.document, "") or event.document
                found[event.document] = Pair(event.document, title, first.after, first.who, event.after, event.who)
    return list(found.values())


def disputes(out: Path) -> list[Pair]:
    """The documents on which both differ, and nobody has settled it since."""
    return [pair for pair in pairs(out) if pair.first != pair.second and not pair.settled]


def agreement(out: Path) -> Agreement:
    """Cohen's kappa of both readers over all that both have read, with a percentile bootstrap over documents."""
    found = pairs(out)
    first, second = np.array([pair.first for pair in found]), np.array([pair.second for pair in found])
    share = float(np.mean(first == second)) if found else 0.0
    kappa = _kappa(first, second) if found else None
    if kappa is None:
        return Agreement(found, share, None, None, None)
    rng = np.random.default_rng(49)
    drawn = (rng.integers(0, len(found), len(found)) for _ in range(_RESAMPLES))
    values = [value for at in drawn if (value := _kappa(first[at], second[at])) is not None]
    low, high = np.quantile(values, [0.025, 0.975]) if values else (kappa, kappa)
    return Agreement(found, share, kappa, float(low), float(high))


def _kappa(first: np.ndarray, second: np.ndarray) -> float | None:
    """Cohen's kappa: agreement beyond what both would reach by chance with their own shares of words; None where both said one
    and the same word throughout. (scikit-learn has it, too, but is installed only where models are trained.)"""
    words = {*first, *second}
    chance = sum(float(np.mean(first == word) * np.mean(second == word)) for word in words)
    return (float(np.mean(first == second)) - chance) / (1 - chance) if len(words) > 1 else None


def _holding(journal: Journal) -> list[Event]:
    events = list(journal.events(fields=(DECISION, SECOND, SAMPLE, UNDO)))
    undone = {int(event.after) for event in events if event.field == UNDO}
    return [event for event in events if event.reading not in undone and event.field != UNDO]
