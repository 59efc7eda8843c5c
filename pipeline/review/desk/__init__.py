"""The served page of review (复核页面): two people at a time, on this machine only, every decision kept at once."""

from pipeline.review.desk.serving import Served, serve

__all__ = ["Served", "serve"]
