"""The annotated data: schema, labels, and the promise that texts were written one by one."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Function
from pipeline.shipped import ANNOTATED

FUNCTIONS = [str(function) for function in Function]
CLAUSE_FIELDS = {"id", "text", "functions", "relevant", "context", "sector", "kind", "voice", "note"}
DOCUMENT_FIELDS = {"id", "title", "text", "relevant", "tier", "functions", "kind", "sector", "voice", "note"}
NEAR_DUPLICATE = 0.6
MAX_NEAR_DUPLICATE_SHARE = 0.05
MOBILE_NUMBER = re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
LANDLINE_NUMBER = re.compile(r"(?<!\d)0\d{2,3}[-－—\s]\d{7,8}(?!\d)")
IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)[1-9]\d{5}(?:19|20)\d{9}(?!\d)")


def load(kind: str) -> list[tuple[Path, dict[str, Any]]]:
    """Every row below ``data/annotated/<kind>`` with the file it stands in, in file order."""
    return [
        (path, json.loads(line))
        for path in sorted((ANNOTATED / kind).glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


CLAUSES = load("clauses")
DOCUMENTS = load("documents")
ROWS = CLAUSES + DOCUMENTS


def shingles(text: str, size: int = 5) -> frozenset[str]:
    """The character 5-grams of a text without its white space; a shorter text is its own only shingle."""
    text = re.sub(r"\s+", "", text)
    return frozenset(text[i : i + size] for i in range(max(1, len(text) - size + 1)))


def near_duplicates(texts: list[str], threshold: float = NEAR_DUPLICATE) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, whose shingle sets have a Jaccard similarity above ``threshold``; exact.

    Prefix filter: with shingles in one global order (rarest first), two sets that similar must share one among their
    first ``n - ceil(threshold * n) + 1``; only those are indexed, so common wording costs nothing.
    """
    sets = [shingles(text) for text in texts]
    frequency = Counter(gram for grams in sets for gram in grams)
    index: dict[str, list[int]] = {}
    pairs = []
    for i, grams in enumerate(sets):
        ordered = sorted(grams, key=lambda gram: (frequency[gram], gram))
        prefix = ordered[: len(ordered) - int(threshold * len(ordered)) + 1]
        for j in {j for gram in prefix for j in index.get(gram, ())}:
            shared = len(grams & sets[j])
            if shared > threshold * (len(grams) + len(sets[j]) - shared):
                pairs.append((j, i))
        for gram in prefix:
            index.setdefault(gram, []).append(i)
    return pairs


def test_there_are_clauses():
    assert CLAUSES


@pytest.mark.parametrize(("rows", "fields"), [(CLAUSES, CLAUSE_FIELDS), (DOCUMENTS, DOCUMENT_FIELDS)])
def test_every_row_has_exactly_the_fields_of_the_schema(rows, fields):
    wrong = [(path.name, row.get("id")) for path, row in rows if set(row) != fields]
    assert not wrong


def test_text_fields_are_trimmed_strings_and_text_is_never_empty():
    for path, row in ROWS:
        for name, value in row.items():
            if name not in {"functions", "relevant"}:
                assert isinstance(value, str) and value == value.strip(), (path.name, row["id"], name)
        assert row["text"] and row["sector"] and row["kind"] and row["voice"], (path.name, row["id"])


def test_ids_are_unique_over_all_files():
    repeated = [key for key, count in Counter(row["id"] for _, row in ROWS).items() if count > 1]
    assert not repeated


def test_functions_are_known_and_in_the_order_of_the_notice():
    wrong = [
        (path.name, row["id"], row["functions"])
        for path, row in ROWS
        if row["functions"] != [name for name in FUNCTIONS if name in row["functions"]]
    ]
    assert not wrong


def test_relevant_says_whether_there_is_a_function():
    wrong = [(path.name, row["id"]) for path, row in ROWS if row["relevant"] != int(bool(row["functions"]))]
    assert not wrong


def test_tier_is_given_for_relevant_documents_only():
    allowed = {0: {""}, 1: {"core", "embedded"}}
    wrong = [(path.name, row["id"]) for path, row in DOCUMENTS if row["tier"] not in allowed[row["relevant"]]]
    assert not wrong


def test_clauses_are_short_and_documents_are_whole():
    assert not [(path.name, row["id"]) for path, row in CLAUSES if not 4 <= len(row["text"]) <= 400]
    assert not [(path.name, row["id"]) for path, row in DOCUMENTS if not 200 <= len(row["text"]) <= 1500]


def test_near_duplicates_are_below_the_allowed_share():
    pairs = near_duplicates([row["text"] for _, row in CLAUSES])
    repeated = {i for pair in pairs for i in pair}
    shown = [(CLAUSES[i][1]["id"], CLAUSES[j][1]["id"]) for i, j in pairs]
    assert len(repeated) < MAX_NEAR_DUPLICATE_SHARE * len(CLAUSES), shown


def test_near_duplicates_are_found_when_one_word_is_swapped():
    first = "对提供虚假材料骗取补助的企业，三年内不得申报，并记入企业诚信档案"
    swapped = first.replace("企业诚信档案", "农户诚信档案")
    assert near_duplicates([first, "供热单位应当每年对管网检修一次", swapped]) == [(0, 2)]


def test_no_text_holds_a_phone_or_identity_number():
    for pattern in (MOBILE_NUMBER, LANDLINE_NUMBER, IDENTITY_NUMBER):
        assert not [(path.name, row["id"]) for path, row in ROWS if pattern.search(row["text"] + row.get("context", ""))]
