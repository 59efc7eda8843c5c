"""A ledger that came back (交回的台账): what each of its rows says against the draft that it was made from.

The sum closes: rows read = decided + unchanged + added + refused, and each document of the draft that the workbook lacks is named.
"""

from pipeline.ledger.returned.changes import Edit, Returned, ReturnedRow, read_returned
from pipeline.ledger.returned.match import added_id
from pipeline.ledger.returned.words import WITHDRAWN, bare, decision_of, same

__all__ = ["WITHDRAWN", "Edit", "Returned", "ReturnedRow", "added_id", "bare", "decision_of", "read_returned", "same"]
