"""A province's own form (自带样表): its header found, its columns matched, filled so that it comes back as our own ledger does."""

from pipeline.ledger.template.fill import Filled, fill_template

__all__ = ["Filled", "fill_template"]
