"""Pictures, kept or not, bar codes, QR symbols: `GS v 0`, `GS ( L`, `ESC *`, `FS q`, `GS k`, `GS ( k`."""

from __future__ import annotations

from typing import Final

from PIL import Image

from counter_app.simulators.printer.glyphs import glyph
from counter_app.simulators.printer.head import Head
from counter_app.simulators.printer.symbols import BadSymbol, bar_mask, code39, code128, qr_mask
from counter_app.simulators.printer.text_commands import Command

_STORE, _PRINT = 112, (2, 50)
_KEEP, _PRINT_KEPT = 67, 69
_CODE39, _CODE128 = (4, 69), (73,)
_QR = 49


def _mask(bits: bytes, width_bytes: int, height: int) -> Image.Image:
    return Image.frombytes("1", (width_bytes * 8, height), bits).convert("L")


def _scaled(mask: Image.Image, width: int, height: int) -> Image.Image:
    if (width, height) == (1, 1):
        return mask
    return mask.resize((mask.width * width, mask.height * height), Image.Resampling.NEAREST)


def _raster(head: Head, args: bytes) -> None:
    """`GS v 0 m xL xH yL yH d…`; m doubles: bit 0 the width, bit 1 the height."""
    if args[:1] not in (b"0", b"\x00") or args[1] % 48 > 3:
        head.rubbish(f"GS v {args[:2].hex(' ').upper()}")
        return
    width_bytes, height = int.from_bytes(args[2:4], "little"), int.from_bytes(args[4:6], "little")
    if not width_bytes or not height:
        head.rubbish("GS v 0 without dots")
        return
    mode = args[1] % 48
    head.place(_scaled(_mask(args[6:], width_bytes, height), 1 + (mode & 1), 1 + (mode >> 1)))


def _graphics(head: Head, args: bytes) -> None:
    """`GS ( L` and `GS 8 L`: function 112 stores a picture, 50 prints it."""
    if len(args) < 2 or args[0] != 48:
        head.rubbish("GS ( L with another first parameter")
    elif args[1] in _PRINT:
        _print_stored(head)
    elif args[1] == _STORE and len(args) >= 10:
        head.modes.stored_graphics = args[2:]
    elif args[1] == _KEEP and len(args) >= 11:
        _keep(head, args[2:])
    elif args[1] == _PRINT_KEPT and len(args) == 6:
        _print_kept(head, args[2:4], args[4], args[5])
    else:
        head.rubbish(f"GS ( L function {args[1]}")


def _print_stored(head: Head) -> None:
    stored, head.modes.stored_graphics = head.modes.stored_graphics, b""
    if not stored:
        head.rubbish("GS ( L prints, and nothing is stored")
        return
    _tone, across, down, _colour = stored[:4]
    width, height = int.from_bytes(stored[4:6], "little"), int.from_bytes(stored[6:8], "little")
    row = (width + 7) // 8
    bits = stored[8:]
    if not row or not height or len(bits) != row * height or across not in (1, 2) or down not in (1, 2):
        head.rubbish("GS ( L 112 with sizes that do not agree")
        return
    head.place(_scaled(_mask(bits, row, height).crop((0, 0, width, height)), across, down))


def _keep(head: Head, args: bytes) -> None:
    """Function 67: `a kc1 kc2 b xL xH yL yH c d…`, one colour."""
    width, height = int.from_bytes(args[4:6], "little"), int.from_bytes(args[6:8], "little")
    row, bits = (width + 7) // 8, args[9:]
    if args[0] != 48 or args[3] != 1 or args[8] != 49 or not row or len(bits) != row * height:
        head.rubbish("GS ( L 67 with sizes that do not agree")
        return
    head.memory.keyed[args[1:3]] = _mask(bits, row, height).crop((0, 0, width, height))
    head.memory.writes += 1


def _print_kept(head: Head, key: bytes, across: int, down: int) -> None:
    """Function 69. A picture that is not there prints nothing, as in real printers."""
    kept = head.memory.keyed.get(key)
    if kept is not None:
        head.place(_scaled(kept, across, down))


def keep_list(head: Head, args: bytes) -> None:
    """`FS q n …`: the pictures replace those there were; each is given column by column."""
    at, found = 1, []
    for _ in range(args[0]):
        across, deep = (int.from_bytes(args[at + n : at + n + 2], "little") for n in (0, 2))
        size = across * deep * 8
        turned = Image.frombytes("1", (deep * 8, across * 8), args[at + 4 : at + 4 + size]).convert("L")
        found.append(turned.transpose(Image.Transpose.TRANSPOSE))
        at += 4 + size
    head.memory.listed = found
    head.memory.writes += 1


def _print_listed(head: Head, args: bytes) -> None:
    """`FS p n m`; m doubles: bit 0 the width, bit 1 the height."""
    number, mode = args[0], args[1] % 48
    if 1 <= number <= len(head.memory.listed) and mode <= 3:
        head.place(_scaled(head.memory.listed[number - 1], 1 + (mode & 1), 1 + (mode >> 1)))


def _columns(head: Head, args: bytes) -> None:
    """`ESC * m nL nH d…`: a band 8 or 24 dots high, given column by column."""
    mode, count = args[0], int.from_bytes(args[1:3], "little")
    deep = 3 if mode >= 32 else 1
    if mode not in (0, 1, 32, 33) or not count:
        head.rubbish(f"ESC * {mode}")
        return
    turned = Image.frombytes("1", (deep * 8, count), args[3:]).convert("L")
    upright = turned.transpose(Image.Transpose.TRANSPOSE)
    across = 1 if mode in (1, 33) else 2
    head.put("", _scaled(upright, across, 1 if deep == 3 else 3), (0, 0), underline=False)


def _barcode(head: Head, args: bytes) -> None:
    kind = args[0]
    data = args[2:] if kind >= 65 else args[1:-1]
    try:
        if kind in _CODE39:
            elements, text = code39(data)
        elif kind in _CODE128:
            elements, text = code128(data)
        else:
            raise BadSymbol(f"bar code kind {kind} is not in this printer")
    except BadSymbol as bad:
        head.rubbish(str(bad))
        return
    bars = bar_mask(elements, head.modes.bar_width, head.modes.bar_height)
    if bars.width > head.area:
        head.overflow(f"bar code {text} is {bars.width} dots wide")
        return
    head.note_barcode(text)
    if head.modes.bar_text & 1:
        head.place(_label(text))
    head.place(bars)
    if head.modes.bar_text & 2:
        head.place(_label(text))


def _label(text: str) -> Image.Image:
    masks = [glyph(char, False, False, 1, 1) for char in text]
    label = Image.new("L", (sum(mask.width for mask in masks), masks[0].height), 0)
    for place, mask in enumerate(masks):
        label.paste(mask, (place * mask.width, 0))
    return label


def _bar_height(head: Head, args: bytes) -> None:
    head.modes.bar_height = max(1, args[0])


def _bar_width(head: Head, args: bytes) -> None:
    if 1 <= args[0] <= 6:
        head.modes.bar_width = args[0]
    else:
        head.rubbish(f"GS w {args[0]}")


def _bar_text(head: Head, args: bytes) -> None:
    head.modes.bar_text = args[0] % 48 & 3


def _bar_font(head: Head, args: bytes) -> None:
    if args[0] not in (0, 48):
        head.rubbish(f"GS f {args[0]}: not in this printer")


def _qr(head: Head, args: bytes) -> None:
    """`GS ( k` with cn 49: 65 model, 67 dots a module, 69 error correction, 80 store, 81 print."""
    function = args[1] if len(args) > 2 and args[0] == _QR else 0
    if function == 65 and args[2] in (49, 50):
        pass  # both models print alike here: model 1 is out of use
    elif function == 67 and 1 <= args[2] <= 16:
        head.modes.qr_module = args[2]
    elif function == 69 and 48 <= args[2] <= 51:
        head.modes.qr_level = args[2]
    elif function == 80 and args[2] == 48:
        head.modes.qr_data = args[3:]
    elif function == 81 and args[2] == 48:
        _print_qr(head)
    else:
        head.rubbish(f"GS ( k {args[:3].hex(' ').upper()}")


def _print_qr(head: Head) -> None:
    try:
        mask = qr_mask(head.modes.qr_data, head.modes.qr_module, head.modes.qr_level)
    except BadSymbol as bad:
        head.rubbish(str(bad))
        return
    if mask.width > head.area:
        head.overflow(f"QR code is {mask.width} dots wide")
        return
    head.note_qr(head.modes.qr_data.decode("utf-8", "replace"))
    head.place(mask)


COMMANDS: Final[dict[bytes, Command]] = {
    b"\x1dv": _raster,
    b"\x1d(L": _graphics,
    b"\x1d8L": _graphics,
    b"\x1cp": _print_listed,
    b"\x1b*": _columns,
    b"\x1dk": _barcode,
    b"\x1d(k": _qr,
    b"\x1dh": _bar_height,
    b"\x1dw": _bar_width,
    b"\x1dH": _bar_text,
    b"\x1df": _bar_font,
}
