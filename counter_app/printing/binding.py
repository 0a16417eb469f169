"""Several PDF files bound into one, in order (mission: C14)."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2


def bind(files: Sequence[bytes]) -> bytes:
    """One PDF with every page of `files`."""
    with pypdfium2.PdfDocument.new() as volume:
        for file in files:
            with pypdfium2.PdfDocument(file) as part:
                volume.import_pages(part)
        stream = io.BytesIO()
        volume.save(stream)
        return stream.getvalue()
