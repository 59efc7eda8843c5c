"""The spaCy component `clauses`."""

import spacy


def test_clauses_become_labelled_spans_with_their_path():
    nlp = spacy.blank("zh")
    nlp.add_pipe("clauses")
    doc = nlp("某办法\n第一章 总则\n第一条 为了规范管理，制定本办法。\n第二条 违反的：\n（一）列入名单；\n（二）公示。\n")
    spans = doc.spans["clauses"]
    assert [span.label_ for span in spans] == ["第一条", "第二条", "第二条第（一）项", "第二条第（二）项"]
    assert spans[2].text == "（一）列入名单；"
    assert spans[0]._.path == ("第一章 总则",)
