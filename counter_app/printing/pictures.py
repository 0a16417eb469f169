"""PDF pages to pictures and to text, for the tour and for tests."""

from __future__ import annotations

import io

import pypdfium2


def page_pictures(pdf: bytes, *, dots_per_inch: int = 110) -> list[bytes]:
    """Every page as PNG bytes."""
    pictures = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            stream = io.BytesIO()
            page.render(scale=dots_per_inch / 72).to_pil().save(stream, format="PNG")
            pictures.append(stream.getvalue())
    return pictures


def page_texts(pdf: bytes) -> list[str]:
    """The text a reader copies out of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]
