"""The report of a scan (筛查报告): one self-contained page in Chinese, its charts, its list."""

from pipeline.ledger.report.page import NearMiss, Problem, write_report

__all__ = ["NearMiss", "Problem", "write_report"]
