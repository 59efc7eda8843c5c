"""Formats whose pages are fixed and hold placed runs of text: OFD, XPS."""
