"""The page of review that goes by mail (复核.html): one file, no server."""

from pipeline.review.mailed.page import PAGE, write_page

__all__ = ["PAGE", "write_page"]
