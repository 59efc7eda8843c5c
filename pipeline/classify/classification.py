"""Clauses -> functions; document -> relevance."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pipeline.classify.certain import CHANCE, certain_functions
from pipeline.classify.context import standing_under
from pipeline.classify.lexicon import FUNCTIONS, Lexicon, load_lexicon
from pipeline.classify.links import is_list_of_links
from pipeline.classify.model import LABELS, Model, chance, load_model, present
from pipeline.classify.near.features import joined, plain
from pipeline.document import Clause, Metadata, Span
from pipeline.punctuation import full_width
from pipeline.structure.elements.organs import is_organ

_MOST_EVIDENCE = 12
_NEARLY = 0.9  # of the operating point: shown among the near misses, never flagged
_NEVER = 2.0  # no chance reaches it: in an act of legislation a clause without a word of credit is an ordinary penalty
_FAR_OFF = -3.0  # a logit: what the near judge did not read never comes near a flag
_LEGISLATORS = ("人民代表大会", "最高人民法院", "最高人民检察院", "国务院令")
_ACT = re.compile(
    r"^(?:中华人民共和国.{2,40}(?:法|法典|条例|实施细则)|(?!.{0,12}(?:县(?!级)|镇|乡|街道|公司|学校|学院|大学|医院|协会|村)).{2,12}?(?:省|自治区|市|自治州|经济特区|自由贸易港).{2,40}条例)$"
)
_STATE_COUNCILS = re.compile(
    r"(?:条例|规定|办法|细则)$"
)  # of the State Council itself: an administrative regulation (行政法规)
_TRIAL = re.compile(r"试行|暂行办法|附件")


class Points(NamedTuple):
    """The operating point (工作点): the chance from which a clause flags its document, where a word of credit stands in it or above
    it, or the words of a measure in it; and where neither does, for which it must be surer."""

    worded: float
    alone: float


#: A document is judged by the highest of many clauses: its point lies above that of a single clause. Chosen on unseen writers and
#: ordinary material together (`benchmarks.operating_point` shows the price of others).
POINTS = Points(worded=0.6, alone=0.8)


@dataclass(frozen=True, slots=True)
class Classification:
    """What classification says of a document.

    ``functions`` (present functions with their probability) and ``evidence`` (ranges of the document's text) have one
    entry a clause; ``document`` maps each of the seven functions to its highest probability; ``score`` is the document's
    relevance from 0 to 1. ``relevance`` is what the judges say of each clause, none left out, and ``reached`` whether
    that is the operating point, from which a clause flags its document. ``above`` is what each stands under (`standing_under`).
    """

    functions: list[dict[str, float]]
    evidence: list[tuple[Span, ...]]
    document: dict[str, float]
    score: float
    relevance: list[float]
    reached: list[bool]
    above: list[str]

    @property
    def flagged(self) -> bool:
        return any(self.reached)


def classify(
    clauses: Sequence[Clause],
    metadata: Metadata,
    model: Model | None = None,
    *,
    legislation: bool = False,
    names_a_measure: Callable[[str], bool] = lambda text: False,
    points: Points = POINTS,
) -> Classification:
    """Judge every clause: the far judge reads all, the near one what it does not put far off and what is no list of links.

    ``legislation`` says that the document is known to be an act, whatever its own words prove (`may_set_penalties`);
    ``names_a_measure`` tells of a clause whether the words of some measure stand in it.
    """
    model = model or load_model()
    lexicon = load_lexicon()
    leads = standing_under(clauses)
    texts = [full_width(clause.text) for clause in clauses]
    far = model.far.values([full_width(lead) for lead in leads], [plain(text) for text in texts])
    links = np.array(
        [is_list_of_links(text) or is_organ(text) for text in texts], dtype=bool
    )  # a signature sets nothing either
    near = np.flatnonzero((far >= model.far.bound) & ~links)
    judged = np.zeros((len(clauses), len(LABELS)))
    judged[:, 0] = chance(np.minimum(far, _FAR_OFF))
    judged[near] = model.probabilities([joined(texts[index], leads[index]) for index in near])
    point = max(model.settings.flag, points.worded)
    titled = lexicon.anchored(lexicon.mask(metadata.title))
    masked = [lexicon.mask(text) for text in texts]
    anchored = [
        titled or lexicon.anchored(own) or lexicon.anchored(lexicon.mask(lead)) for own, lead in zip(masked, leads, strict=True)
    ]
    alone = _NEVER if legislation or may_set_penalties(metadata) else points.alone
    sure = [
        has or chance >= alone or (alone < _NEVER and chance >= point and names_a_measure(text))
        for has, chance, text in zip(anchored, judged[:, 0], texts, strict=True)
    ]
    judged = judged * np.where(np.array(sure, dtype=bool), 1.0, _NEARLY * point)[:, None]
    _add_certain(judged, [masked[index] if anchored[index] and not links[index] else "" for index in range(len(clauses))])
    score = float(judged[:, 0].max()) if len(clauses) else 0.0
    # The low operating point is for finding documents; in one that is surely relevant only sure clauses are listed.
    floor = model.settings.listed if score >= model.settings.listed else point
    said = present(judged, floor, model.settings)
    functions: list[dict[str, float]] = []
    for row, has in zip(judged, said, strict=True):
        chances = zip(FUNCTIONS, row[1:], has, strict=True)
        functions.append({name: round(float(chance), 4) for name, chance, is_there in chances if is_there})
    evidence = [
        _evidence(lexicon, clause, lead) if found else () for clause, lead, found in zip(clauses, leads, functions, strict=True)
    ]
    best = judged[:, 1:].max(axis=0) if len(clauses) else np.zeros(len(FUNCTIONS))
    document = {function: round(float(value), 4) for function, value in zip(FUNCTIONS, best, strict=True)}
    relevance = [round(float(value), 4) for value in judged[:, 0]]
    return Classification(functions, evidence, document, round(score, 4), relevance, list(judged[:, 0] >= point), leads)


def _add_certain(judged: np.ndarray, masked: Sequence[str]) -> None:
    """Raise clauses that are measures for certain, in place."""
    for index, text in enumerate(masked):
        for function in certain_functions(text) if text else ():
            column = 1 + FUNCTIONS.index(function)
            judged[index, 0], judged[index, column] = max(judged[index, 0], CHANCE), max(judged[index, column], CHANCE)


def may_set_penalties(metadata: Metadata) -> bool:
    """Whether a document is proved to be an act of legislation or of a court, whose bans and refusals are ordinary penalties.

    No other document may set penalties (行政处罚法 2021, articles 10 to 16): one that bars whoever cheated for years sets a
    measure against dishonest conduct, whatever it calls itself. Proof is a legislator or a court among the issuers, an
    order (令), a regulation of the State Council itself, or a title that names both a kind of act (法, 条例) and a place or the State; 办法 or 规定 alone prove nothing.
    """
    if any(organ in issuer for issuer in metadata.issuers for organ in _LEGISLATORS) or "令" in metadata.number:
        return True
    if "国务院" in metadata.issuers and _STATE_COUNCILS.search(metadata.title):
        return True
    return not is_ordinary_paper(metadata) and _ACT.search(metadata.title) is not None


def is_ordinary_paper(metadata: Metadata) -> bool:
    """Whether a document bears what no act of legislation does: a number of its year (〔2020〕), addressees, a trial or an annex in its title."""
    return "〔" in metadata.number or bool(metadata.addressees) or _TRIAL.search(metadata.title) is not None


def _evidence(lexicon: Lexicon, clause: Clause, lead: str) -> tuple[Span, ...]:
    """The words that made the flag: the patterns that matched and words of credit; where there are none, the weaker words."""
    masked = lexicon.mask(full_width(clause.text))
    spans = [(hit.start, hit.end) for hit in lexicon.hits(masked, lexicon.mask(lead)) if not hit.rule.slogan]
    spans += [(end - len(word) + 1, end + 1) for end, word in lexicon.strong.iter(masked)]
    spans = spans or [(end - len(word) + 1, end + 1) for end, word in lexicon.weak.iter(masked)]
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return tuple(Span(clause.start + start, clause.start + end) for start, end in merged[:_MOST_EVIDENCE])
