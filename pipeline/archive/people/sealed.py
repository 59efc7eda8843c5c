"""What is sealed (已封存的文件), by the ids that the scan knows them by now."""

from __future__ import annotations

from pathlib import Path

from pipeline.archive.people.identity import places
from pipeline.archive.store import Store
from pipeline.decisions import Journal, standing
from pipeline.ledger import load_seals


def sealed_documents(out: Path, journal: Journal, store: Store) -> frozenset[str]:
    """The ids of the documents of every sealed ledger and supplement, as sealed and as they are now."""
    sealed = {document for seal in load_seals(out) for document in seal.documents}
    if not sealed:
        return frozenset()
    now = places(standing(journal.events()), store)
    return frozenset(sealed | {now[document].document for document in sealed if document in now} - {""})
