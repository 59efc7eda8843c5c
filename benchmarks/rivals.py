"""Other readers on the same files, in an environment of their own (.venv-rivals): ``python benchmarks/rivals.py TOOL FOLDER``.

It prints one line of JSON: CPU seconds after imports and one file for warmth, files, characters; or why there is no number.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path


def pdfplumber() -> Callable[[Path], str]:
    import pdfplumber

    def read(path: Path) -> str:
        if path.suffix != ".pdf":
            return ""
        with pdfplumber.open(path) as document:
            return "\n".join(page.extract_text() or "" for page in document.pages)

    return read


def markitdown() -> Callable[[Path], str]:
    from markitdown import MarkItDown

    reader = MarkItDown()
    return lambda path: reader.convert(str(path)).text_content


def kreuzberg() -> Callable[[Path], str]:
    from kreuzberg import extract_file_sync

    return lambda path: extract_file_sync(str(path)).content


def docling() -> Callable[[Path], str]:
    from docling.document_converter import DocumentConverter

    reader = DocumentConverter()
    return lambda path: reader.convert(path).document.export_to_text()


TOOLS = {each.__name__: each for each in (pdfplumber, markitdown, kreuzberg, docling)}


def spent() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main(tool: str, folder: str) -> None:
    paths = sorted(Path(folder).iterdir())
    if tool == "pdfplumber":
        paths = [path for path in paths if path.suffix == ".pdf"]
    try:
        read = TOOLS[tool]()
        read(paths[-1])
        began = spent()
        characters = sum(len(read(path)) for path in paths)
        print(json.dumps({"cpu": spent() - began, "files": len(paths), "characters": characters}))
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"[:160]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
