"""The roll-up (汇总): ledgers of many units read, checked and joined to one workbook with sums and charts."""

from pipeline.ledger.rollup.book import write_merged
from pipeline.ledger.rollup.merging import Merged, Reporting, Source, UnitCounts, merge
from pipeline.ledger.rollup.same import Duplicate
from pipeline.ledger.rollup.units import Member, UnitList, UnitListError, load_units

__all__ = [
    "Duplicate",
    "Member",
    "Merged",
    "Reporting",
    "Source",
    "UnitCounts",
    "UnitList",
    "UnitListError",
    "load_units",
    "merge",
    "write_merged",
]
