"""The spaCy components give the plain functions' results as spans."""

import pytest

spacy = pytest.importorskip("spacy")


@pytest.fixture(scope="module")
def nlp():
    from spacy.lang.zh import Chinese

    import pipeline.extract.component  # noqa: F401  (registers the factories)

    try:
        built = Chinese()
        built.add_pipe("citations")
        built.add_pipe("measures")
    except ModuleNotFoundError as error:
        pytest.skip(f"另一组件尚未就绪：{error}")
    return built


def test_citations_are_spans_with_their_object(nlp):
    doc = nlp("依照《中华人民共和国行政处罚法》第三十条的规定处罚。")
    (span,) = doc.spans["citations"]
    assert span.text == "《中华人民共和国行政处罚法》第三十条"
    assert span.label_ == "法律" and span._.citation.articles == ["第三十条"]
    assert doc._.citations == [span._.citation]


def test_text_without_citation_gives_no_span(nlp):
    assert list(nlp("今天开会。").spans["citations"]) == []
