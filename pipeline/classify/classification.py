"""Clauses -> functions; document -> relevance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.classify.context import standing_under
from pipeline.classify.features import joined
from pipeline.classify.lexicon import FUNCTIONS, Lexicon, load_lexicon
from pipeline.classify.model import Model, load_model, present
from pipeline.document import Clause, Metadata, Span

_MOST_EVIDENCE = 12
_SURE, _SURE_ALONE = 0.95, 0.7
_UNDER_CREDIT = 0.6
_NEVER = 2.0  # above any probability
_NEARLY = 0.9  # of the operating point: shown among the near misses, never flagged
_ACTS = frozenset({"法", "法典", "条例", "规定", "办法", "细则", "规则", "解释", "决定", "实施办法", "实施细则", "若干规定"})
_LEGISLATORS = ("人民代表大会", "最高人民法院", "最高人民检察院")


@dataclass(frozen=True, slots=True)
class Classification:
    """What classification says of a document.

    ``functions`` (present functions with their probability) and ``evidence`` (ranges of the document's text) have one
    entry a clause; ``document`` maps each of the seven functions to its highest probability; ``score`` is the document's
    relevance from 0 to 1, ``flagged`` whether it reaches the operating point. ``relevance`` is what
    the model says of each clause by itself, before what stands round it is weighed (0 where it was not shown to the model).
    """

    functions: list[dict[str, float]]
    evidence: list[tuple[Span, ...]]
    document: dict[str, float]
    score: float
    flagged: bool
    relevance: list[float]


def classify(clauses: Sequence[Clause], metadata: Metadata, model: Model | None = None) -> Classification:
    """Judge every clause that holds a word of the lexicon; the others are never shown to the model."""
    model = model or load_model()
    lexicon = load_lexicon()
    leads = standing_under(clauses)
    titled = lexicon.anchored(lexicon.mask(metadata.title))
    anchored = [lexicon.anchored(lexicon.mask(clause.text)) for clause in clauses]
    chosen = [
        index
        for index, (clause, lead) in enumerate(zip(clauses, leads, strict=True))
        if anchored[index] or titled or may_matter(lexicon, clause.text, lead)
    ]
    judged = model.probabilities([joined(clauses[index].text, leads[index]) for index in chosen])
    spoken_of = [titled or lexicon.anchored(lexicon.mask(leads[index])) for index in chosen]
    ordinary = _may_set_penalties(metadata)
    weighted = judged * _weights([anchored[index] for index in chosen], spoken_of, judged, ordinary, model)
    score = float(weighted[:, 0].max()) if len(chosen) else 0.0
    # The low operating point is for finding documents; in one that is surely relevant only sure clauses are listed.
    floor = model.settings.listed if score >= model.settings.listed else model.settings.flag
    said = present(weighted, floor, model.settings)
    relevance = [0.0] * len(clauses)
    for index, row in zip(chosen, judged, strict=True):
        relevance[index] = round(float(row[0]), 4)
    functions: list[dict[str, float]] = [{} for _ in clauses]
    evidence: list[tuple[Span, ...]] = [() for _ in clauses]
    for index, row, has in zip(chosen, weighted, said, strict=True):
        chances = zip(FUNCTIONS, row[1:], has, strict=True)
        functions[index] = {name: round(float(chance), 4) for name, chance, is_there in chances if is_there}
        if functions[index]:
            evidence[index] = _evidence(lexicon, clauses[index], leads[index])
    best = weighted[:, 1:].max(axis=0) if len(chosen) else np.zeros(len(FUNCTIONS))
    document = {function: round(float(value), 4) for function, value in zip(FUNCTIONS, best, strict=True)}
    return Classification(functions, evidence, document, round(score, 4), score >= model.settings.flag, relevance)


def _weights(anchored: list[bool], spoken_of: list[bool], judged: np.ndarray, ordinary: bool, model: Model) -> np.ndarray:
    """How far each clause is believed, as a column; a clause without a word of credit is believed

    - under a title, heading or lead-in that speaks of credit (``spoken_of``), for the greater part;
    - in a document that speaks of credit in some other relevant clause, or that may not set penalties, if the model is sure;
    - elsewhere too little to flag a document: it is an ordinary penalty (``ordinary``) of a law, a regulation or a rule.
    """
    flag = model.settings.flag
    spoken = any(own and row[0] >= flag for own, row in zip(anchored, judged, strict=True))
    sure = _SURE_ALONE if not ordinary else _SURE if spoken else _NEVER
    weights = [
        1.0 if own or row[0] >= sure else _UNDER_CREDIT if headed else _NEARLY * flag
        for own, headed, row in zip(anchored, spoken_of, judged, strict=True)
    ]
    return np.array(weights).reshape(-1, 1)


def _may_set_penalties(metadata: Metadata) -> bool:
    """Whether a document is an act of legislation or of a court, whose bans and refusals are ordinary penalties.

    No other normative document may set penalties (行政处罚法 2021, articles 10 to 16): one that bars whoever cheated for
    years sets a measure against dishonest conduct, whatever it calls it. An act is told by its kind, and by bearing neither
    an office's number nor addressees.
    """
    issued_as_act = metadata.kind in _ACTS and "〔" not in metadata.number and not metadata.addressees
    return issued_as_act or any(organ in issuer for issuer in metadata.issuers for organ in _LEGISLATORS)


def may_matter(lexicon: Lexicon, text: str, lead: str) -> bool:
    """Whether a clause without a word of credit is shown to the model: under a heading or lead-in that has one, or for weaker words."""
    return lexicon.anchored(lexicon.mask(lead)) or lexicon.suspicious(lexicon.mask(text))


def _evidence(lexicon: Lexicon, clause: Clause, lead: str) -> tuple[Span, ...]:
    """The words that made the flag: the patterns that matched and words of credit; where there are none, the weaker words."""
    masked = lexicon.mask(clause.text)
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
