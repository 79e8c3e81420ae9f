"""How much is read at most: the bounds that keep one bad source from costing the rest."""

from __future__ import annotations

MAX_DOCUMENT_BYTES = 20_000_000
"""Bytes of one document: a file of text, Markdown, HTML or PDF, or one line of a table or of JSON lines."""

MAX_LIST_BYTES = 100_000_000
"""Bytes of a ``.json`` file, which must be held whole; ``.jsonl`` has no bound."""

MAX_UNPACKED_BYTES = 4_000_000_000
"""Bytes that come out of one ``.gz``; a bomb ends there."""

MAX_WASTED_BYTES = 64_000_000
"""Bytes that come out of one gzip member of a WARC archive and belong to no record, beside as many that do."""

MAX_TEXT_CHARACTERS = 1_000_000
"""Characters of one document's text: what spaCy takes in one piece."""

MAX_ID_CHARACTERS = 300
"""Characters of a document's id: it becomes part of IRIs and file names."""

MAX_FRONT_MATTER = 20_000
"""Characters of the front matter of a Markdown file."""

MAX_HTML_DEPTH = 200
"""HTML elements inside one another; real pages stay under 60."""

MAX_HTML_TAGS = 100_000
"""Tags of one HTML page; real pages stay under 10,000."""

MAX_PDF_PAGES = 500
"""Pages of one PDF."""

MAX_PDF_SECONDS = 60.0
"""Seconds for one PDF, looked at between two pages."""
