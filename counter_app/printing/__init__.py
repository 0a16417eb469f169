"""Paper made: lines to ESC/POS bytes, blocks to PDF, PDF to pictures. No transport, no Qt.

python-escpos (0.4 s to import) and reportlab are imported here only; the composition root imports
this room late, so no window waits for it.
"""
