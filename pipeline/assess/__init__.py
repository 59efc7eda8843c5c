"""Assessment: whether each measure rests on a qualified basis (国办发〔2020〕49号), and what to do with the document."""

from pipeline.assess.check import CheckReport, check, comment_docx, render_dict, render_text
from pipeline.assess.judgement import assess
from pipeline.assess.lines import functions_by_basis, functions_by_words, only_repeals
from pipeline.assess.suggest import titled_with_credit

__all__ = [
    "CheckReport",
    "assess",
    "check",
    "comment_docx",
    "functions_by_basis",
    "functions_by_words",
    "only_repeals",
    "render_dict",
    "render_text",
    "titled_with_credit",
]
