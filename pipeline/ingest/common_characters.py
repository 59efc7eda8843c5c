"""The characters of which official documents are full: what tells text from noise, and one encoding from another."""

from __future__ import annotations

# About a third of the running text, simplified and (for Big5) traditional.
COMMON = frozenset(
    "的一是不了在有人中大上国和为以时要发会出行作对能部方法于等第条规定应当管理工关生产企业市县省区政府通知实施办公"
    "國為時發會對於條規應當產業縣區實辦"
)
PUNCTUATION = frozenset("，。、；：（）《》〔〕“”")
_EITHER = COMMON | PUNCTUATION


def likeness(text: str) -> float:
    """The share of common characters and Chinese punctuation; about 0.4 in official documents, 0 in noise."""
    return sum(map(_EITHER.__contains__, text)) / max(len(text), 1)
