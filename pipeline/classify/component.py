"""The spaCy component `functions`: the functions of a document's clauses, after the component `clauses`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.classify.classification import classify
from pipeline.document import Clause, Metadata


@Language.factory("functions")
def functions(nlp: Language, name: str):
    """Writes ``doc.spans["functions"]`` (one span a function of a clause, its probability in ``span._.score``) and
    ``doc.cats`` (the seven functions' probabilities, and 相关); reads ``doc.spans["clauses"]``."""
    if not Span.has_extension("score"):
        Span.set_extension("score", default=0.0)
    if not Span.has_extension("path"):
        Span.set_extension("path", default=())
    return annotate


def annotate(doc: Doc) -> Doc:
    parts = list(doc.spans["clauses"]) if "clauses" in doc.spans else [doc[:]] if len(doc) else []
    found = classify([Clause(s.label_, s.text, s.start_char, s.end_char, path=s._.path) for s in parts], Metadata())
    spans = []
    for part, scores in zip(parts, found.functions, strict=True):
        for function, score in scores.items():
            span = Span(doc, part.start, part.end, label=function)
            span._.score = score
            spans.append(span)
    doc.spans["functions"] = spans
    doc.cats = {**found.document, "相关": found.score}
    return doc
