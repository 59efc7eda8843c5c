"""spaCy components ``citations`` and ``measures``: the plain functions' results as spans on a ``Doc``.

Each span's ``_.citation`` or ``_.measure`` holds the object; the label is the level (效力级别) or the category.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.extract.measures import find_measures
from pipeline.extract.resolve import find_citations

for name in ("citation", "measure"):
    if not Span.has_extension(name):
        Span.set_extension(name, default=None)
if not Doc.has_extension("citations"):
    Doc.set_extension("citations", getter=lambda doc: [span._.citation for span in doc.spans.get("citations", [])])
if not Doc.has_extension("measures"):
    Doc.set_extension("measures", getter=lambda doc: [span._.measure for span in doc.spans.get("measures", [])])


def span_over(doc: Doc, start: int, end: int, label: str) -> Span | None:
    """The tokens that cover these characters; None for an empty range."""
    return doc.char_span(start, end, label=label, alignment_mode="expand")


@Language.factory("citations", default_config={"repeats": True}, assigns=["doc.spans", "span._.citation"])
class CitationsComponent:
    """Annotates ``doc.spans["citations"]``; ``doc._.citations`` lists the Citation objects."""

    def __init__(self, nlp: Language, name: str, repeats: bool):
        self.repeats = repeats

    def __call__(self, doc: Doc) -> Doc:
        spans = []
        for citation in find_citations(doc.text, repeats=self.repeats):
            span = span_over(doc, citation.start, citation.end, citation.level.value)
            if span is not None:
                span._.citation = citation
                spans.append(span)
        doc.spans["citations"] = spans
        return doc


@Language.factory("measures", assigns=["doc.spans", "span._.measure"])
class MeasuresComponent:
    """Annotates ``doc.spans["measures"]``; ``doc._.measures`` lists the Measure objects."""

    def __init__(self, nlp: Language, name: str):
        pass

    def __call__(self, doc: Doc) -> Doc:
        spans = []
        for measure in find_measures(doc.text):
            span = span_over(doc, measure.start, measure.end, measure.category)
            if span is not None:
                span._.measure = measure
                spans.append(span)
        doc.spans["measures"] = spans
        return doc


citations = CitationsComponent
measures = MeasuresComponent
