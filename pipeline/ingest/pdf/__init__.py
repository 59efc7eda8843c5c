"""PDF: text as it stands on the page, lines, tables, and what to make of a broken text layer."""
