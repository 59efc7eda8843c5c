"""The near judge (近判): two readings, one after the other. Linear machines read a clause; boosted trees weigh what they said
with what they can't add up, the sentence patterns and the tallies of marks. Kept as plain arrays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.classify.near.boosting import Forest, Trees
from pipeline.classify.near.features import PARTS, PATTERNS, Read
from pipeline.classify.near.tallies import tallies
from pipeline.classify.near.tfidf import Terms
from pipeline.classify.near.votes import Votes, in_batches, reading

NEAR_FILE = "near.npz"
#: A logit: by so much a sentence must be surer than its clause, for among many one is sure by chance. Settled on left-out writers'
#: sentences put between two others.
_ALONE = 1.0


class Stack:
    """The machines, and for each label the trees that weigh them: of a clause as a whole, and of each sentence as if it stood alone, for
    what stands beside a measure does not change it."""

    def __init__(self, votes: Votes, trees: tuple[Trees, ...]) -> None:
        self.votes = votes
        self.trees = trees
        self._forest = Forest(trees)

    def decision_function(self, texts: Sequence[str]) -> np.ndarray:
        """Clauses (joined with their lead-ins) x labels; memory does not grow with the document."""
        batches = [self._of(texts[begin:end]) for begin, end in in_batches([len(text) for text in texts])]
        return np.vstack(batches or [np.zeros((0, len(self.trees)))])

    def _of(self, texts: Sequence[str]) -> np.ndarray:
        given = reading(texts)
        said = self.votes.of(given)
        found = self._forest.decision_function(weighed(said.clauses, given.patterns[: len(texts)], given.clauses))
        alone = self._forest.decision_function(weighed(said.sentences, given.patterns[len(texts) :], given.sentences))
        np.maximum.at(found, given.owner, alone - _ALONE)
        return found


def weighed(votes: np.ndarray, patterns: np.ndarray, clauses: Sequence[Read]) -> np.ndarray:
    """What the trees weigh of each clause: votes, patterns, tallies."""
    return np.hstack([votes, patterns, tallies(clauses)])


def save_near(judge: Stack, folder: Path) -> None:
    """Write the near judge; the machines' coefficients in single precision."""
    arrays = {"intercept": judge.votes.intercept}
    for name, terms in judge.votes.terms.items():
        listed = json.dumps(terms.listed, ensure_ascii=False)
        arrays[f"{name}.terms"] = np.frombuffer(listed.encode("utf-8", "surrogatepass"), dtype=np.uint8)
        arrays[f"{name}.idf"] = terms.idf
    for name, coef in judge.votes.coef.items():
        arrays[f"{name}.coef"] = coef.astype(np.float32)
    for index, trees in enumerate(judge.trees):
        arrays |= {f"{index}.{field}": np.asarray(array) for field, array in trees._asdict().items()}
    np.savez_compressed(folder / NEAR_FILE, **arrays)  # type: ignore[arg-type]


def load_near(folder: Path) -> Stack:
    """The near judge in a model's folder. Raises FileNotFoundError."""
    with np.load(folder / NEAR_FILE, allow_pickle=False) as file:
        arrays = dict(file)
    terms = {}
    for name in PARTS:
        listed = json.loads(arrays[f"{name}.terms"].tobytes().decode("utf-8", "surrogatepass"))
        terms[name] = Terms(listed, arrays[f"{name}.idf"])
    coef = {name: arrays[f"{name}.coef"].astype(np.float64) for name in (*PARTS, PATTERNS)}
    labels = sum(name.endswith(".roots") for name in arrays)
    trees = tuple(Trees(*(arrays[f"{index}.{field}"] for field in Trees._fields)) for index in range(labels))
    return Stack(Votes(terms, coef, arrays["intercept"]), trees)
