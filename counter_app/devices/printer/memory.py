"""What a printer keeps when it is switched off: defining a logo there, and asking which it holds.

`gs` memory (Epson's `GS ( L`) keeps pictures under key codes and can be asked for them. `fs` memory (`FS q`,
most clones) keeps a list that each definition replaces, and restarts the printer; it cannot be asked. Such
memory wears out by writing: nothing is written that is there already. Pure.
"""

from __future__ import annotations

from typing import Final

from counter_app.use_cases.ports.logo import Logo

ASK_KEYS: Final = b"\x1d(L\x04\x00\x30\x40KC"
NEXT_BLOCK: Final = b"\x06"
_BLOCK: Final = b"\x37\x72"
_MORE: Final = 0x41
_LARGEST_SHORT: Final = 0xFFFF


def definition(logo: Logo, memory: str) -> bytes:
    """The order that keeps it. ValueError for a memory of another kind."""
    if memory == "gs":
        sizes = logo.width.to_bytes(2, "little") + logo.height.to_bytes(2, "little")
        body = b"\x30\x43\x30" + logo.key + b"\x01" + sizes + b"\x31" + logo.bits
        if len(body) > _LARGEST_SHORT:
            return b"\x1d8L" + len(body).to_bytes(4, "little") + body
        return b"\x1d(L" + len(body).to_bytes(2, "little") + body
    if memory == "fs":
        deep = (logo.height + 7) // 8
        sizes = logo.across.to_bytes(2, "little") + deep.to_bytes(2, "little")
        return b"\x1cq\x01" + sizes + _columns(logo, deep)
    raise ValueError(memory)


def _columns(logo: Logo, deep: int) -> bytes:
    """The dots column by column from the left, each from the top in bytes of eight."""
    rows = [logo.bits[at : at + logo.across] for at in range(0, len(logo.bits), logo.across)]
    rows += [bytes(logo.across)] * (deep * 8 - len(rows))
    found = bytearray()
    for x in range(logo.width):
        byte, bit = divmod(x, 8)
        column = [row[byte] >> (7 - bit) & 1 for row in rows]
        for at in range(0, len(column), 8):
            found.append(sum(dot << (7 - n) for n, dot in enumerate(column[at : at + 8])))
    return bytes(found)


def keys_block(heard: bytes) -> tuple[frozenset[bytes], bool] | None:
    """Key codes of a whole block of the answer to `ASK_KEYS`, and whether more follow; None: not whole."""
    _, begun, rest = heard.partition(_BLOCK)
    status, body = rest[:1], rest[1:]
    if not begun or not status or not body.endswith(b"\x00"):
        return None
    codes = body[:-1]
    return frozenset(codes[at : at + 2] for at in range(0, len(codes) - 1, 2)), status[0] == _MORE
