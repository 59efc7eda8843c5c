"""Assessment: whether each measure rests on a qualified basis (国办发〔2020〕49号), and what to do with the document.

`check` (起草体检) stands apart: it needs what reads and writes DOCX, which judging does not."""

from pipeline.assess.basis import POINTS_BACK, names_a_basis
from pipeline.assess.judgement import assess
from pipeline.assess.lines import (
    functions_beside_others,
    functions_by_basis,
    functions_by_words,
    only_repeals,
    under_dishonesty,
)
from pipeline.assess.nothing_set import only_limits
from pipeline.assess.suggest import titled_with_credit

__all__ = [
    "POINTS_BACK",
    "assess",
    "functions_beside_others",
    "functions_by_basis",
    "functions_by_words",
    "names_a_basis",
    "only_limits",
    "only_repeals",
    "titled_with_credit",
    "under_dishonesty",
]
