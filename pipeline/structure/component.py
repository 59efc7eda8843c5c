"""The spaCy component `clauses`: a document's clauses as spans, their heading path as ``span._.path``."""

from __future__ import annotations

import hashlib

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.document import Document
from pipeline.document import Span as Range
from pipeline.structure.clauses import parse_clauses


@Language.factory("clauses")
def clauses(nlp: Language, name: str):
    """Writes ``doc.spans["clauses"]``, each span labelled as a person would cite it; stateless."""
    if not Span.has_extension("path"):
        Span.set_extension("path", default=())
    return annotate


def annotate(doc: Doc) -> Doc:
    text = doc.text
    document = Document("", "text", hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), text, (Range(0, len(text)),))
    spans = []
    for clause in parse_clauses(document):
        span = doc.char_span(clause.start, clause.end, label=clause.label, alignment_mode="expand")
        if span is not None:
            span._.path = clause.path
            spans.append(span)
    doc.spans["clauses"] = spans
    return doc
