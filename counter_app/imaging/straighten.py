"""A photographed or scanned page made straight: cut out of what lies around it, or turned until its lines lie
level.

A page on a darker table is found by brightness: its four corners are pulled to those of a rectangle. Where
the page fills the picture, the angle is the one at which rows of print and gaps between them differ most.
Neither is ever guessed: without a clear page or clear lines the picture stays as it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageFilter

Corner = tuple[float, float]
Quad = tuple[Corner, Corner, Corner, Corner]  # clockwise from the top left

LOOK: Final = 360  # the longer side of what is looked at
MOST_DEGREES: Final = 6.0
LEAST_DEGREES: Final = 0.15
CLEAR_GAIN: Final = 1.04  # so much sharper than untouched, or it stays
A4: Final = math.sqrt(2)
A4_LIKE: Final = 0.04
WHITE: Final = 255
INSET: Final = 0.008
EDGE: Final = 8  # of the width so much is left out at each side when lines are looked for
_MARGIN: Final = 0.985  # a page that fills so much of the picture needs no cutting


@dataclass(frozen=True, slots=True)
class Straight:
    """`turned`: degrees, counter-clockwise; `cut`: it was pulled out by its corners."""

    image: Image.Image
    turned: float = 0.0
    cut: bool = False


def straightened(image: Image.Image) -> Straight:
    small = image.convert("L")
    small.thumbnail((LOOK, LOOK), Image.Resampling.BOX)
    corners = page_corners(small)
    if corners is not None:
        scale = image.width / small.width
        return Straight(_pulled(image, _inset(corners, scale)), cut=True)
    angle = skew(small)
    if abs(angle) < LEAST_DEGREES:
        return Straight(image)
    paper = WHITE if image.mode == "L" else (WHITE, WHITE, WHITE)
    return Straight(image.rotate(angle, Image.Resampling.BILINEAR, fillcolor=paper), turned=angle)


def _inset(corners: Quad, scale: float) -> Quad:
    """The corners in the large picture, a hair inwards: no rim of table stays."""
    x_middle, y_middle = (sum(corner[axis] for corner in corners) / 4 for axis in (0, 1))
    one, two, three, four = (
        (scale * (x + (x_middle - x) * INSET), scale * (y + (y_middle - y) * INSET)) for x, y in corners
    )
    return one, two, three, four


def page_corners(grey: Image.Image) -> Quad | None:
    """The corners of a bright page on a darker ground; None where there is no clear one."""
    between = _threshold(grey)
    mask = grey.point([WHITE if level > between else 0 for level in range(256)])
    mask = mask.filter(ImageFilter.MedianFilter(5))
    width, height = mask.size
    pixels = mask.tobytes()
    edges: list[Corner] = []
    bright = 0
    for y in range(height):
        row = pixels[y * width : (y + 1) * width]
        count = row.count(WHITE)
        if count * 5 > width:
            bright += count
            edges += [(row.find(WHITE), y), (row.rfind(WHITE), y)]
    if not edges:
        return None
    quad = (
        min(edges, key=lambda edge: edge[0] + edge[1]),
        max(edges, key=lambda edge: edge[0] - edge[1]),
        max(edges, key=lambda edge: edge[0] + edge[1]),
        min(edges, key=lambda edge: edge[0] - edge[1]),
    )
    area = _area(quad)
    whole = width * height
    if not 0.2 * whole < area < _MARGIN * whole * _MARGIN or bright < 0.85 * area or bright > 1.1 * area:
        return None
    return quad if _rectangular(quad) else None


def skew(grey: Image.Image) -> float:
    """By how many degrees to turn, so that lines of print lie level; 0.0 where that is not clear, as in a
    strip so low that nothing is left within its margins."""
    if grey.height - 2 * (grey.width // EDGE) < 2:
        return 0.0
    ink = grey.point([WHITE - level for level in range(256)])
    best, sharpest, plain = 0.0, 0.0, _sharpness(ink, 0.0)
    for step in range(-int(MOST_DEGREES * 2), int(MOST_DEGREES * 2) + 1):
        sharp = _sharpness(ink, step / 2)
        if sharp > sharpest:
            best, sharpest = step / 2, sharp
    rough = best
    for tenth in range(-4, 5):
        sharp = _sharpness(ink, rough + tenth / 10)
        if sharp > sharpest:
            best, sharpest = rough + tenth / 10, sharp
    return best if sharpest > plain * CLEAR_GAIN and abs(best) < MOST_DEGREES else 0.0


def _sharpness(ink: Image.Image, angle: float) -> float:
    turned = ink.rotate(angle, Image.Resampling.BILINEAR)
    edge = turned.width // EDGE
    rows = turned.crop((edge, edge, turned.width - edge, turned.height - edge))
    sums = rows.resize((1, rows.height), Image.Resampling.BOX).tobytes()
    return float(sum((sums[at] - sums[at - 1]) ** 2 for at in range(1, len(sums))))


def _threshold(grey: Image.Image) -> int:
    """Otsu's: where the two heaps of brightness are furthest apart."""
    counts = grey.histogram()
    total = sum(counts)
    whole = sum(level * count for level, count in enumerate(counts))
    below = weight = 0
    best, furthest = 127, 0.0
    for level, count in enumerate(counts):
        weight += count
        below += level * count
        if weight in (0, total):
            continue
        apart = (below / weight - (whole - below) / (total - weight)) ** 2 * weight * (total - weight)
        if apart > furthest:
            best, furthest = level, apart
    return best


def _area(quad: Quad) -> float:
    around = zip(quad, (*quad[1:], quad[0]), strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in around)) / 2


def _rectangular(quad: Quad) -> bool:
    """Opposite sides of about the same length, corners of about a right angle: a page, not a shadow."""
    top, right, bottom, left = _sides(quad)
    if min(top, bottom) < 0.7 * max(top, bottom) or min(left, right) < 0.7 * max(left, right):
        return False
    for at in range(4):
        (ax, ay), (bx, by), (cx, cy) = quad[at - 1], quad[at], quad[(at + 1) % 4]
        long = math.dist(quad[at - 1], quad[at]) * math.dist(quad[at], quad[(at + 1) % 4])
        if long == 0 or abs((ax - bx) * (cx - bx) + (ay - by) * (cy - by)) / long > 0.35:
            return False
    return True


def _sides(quad: Quad) -> tuple[float, float, float, float]:
    around = zip(quad, (*quad[1:], quad[0]), strict=True)
    top, right, bottom, left = (math.dist(one, other) for one, other in around)
    return top, right, bottom, left


def _pulled(image: Image.Image, quad: Quad) -> Image.Image:
    """The page as if seen from straight above; one shaped like A4 becomes exactly that."""
    top, right, bottom, left = _sides(quad)
    width, height = (top + bottom) / 2, (left + right) / 2
    long = max(width, height) / min(width, height)
    if abs(long / A4 - 1) < A4_LIKE:
        width, height = (width, width * A4) if height > width else (height * A4, height)
    size = (round(width), round(height))
    return image.transform(
        size, Image.Transform.PERSPECTIVE, _onto(quad, *size), Image.Resampling.BILINEAR, fillcolor=None
    )


def _onto(quad: Quad, width: int, height: int) -> tuple[float, ...]:
    """What Pillow needs to find, for each dot of a rectangle, its place in the quad (Heckbert's square to
    quad).
    """
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    under = dx1 * dy2 - dx2 * dy1
    g = (dx3 * dy2 - dx2 * dy3) / under
    h = (dx1 * dy3 - dx3 * dy1) / under
    a, b = x1 - x0 + g * x1, x3 - x0 + h * x3
    d, e = y1 - y0 + g * y1, y3 - y0 + h * y3
    return a / width, b / height, x0, d / width, e / height, y0, g / width, h / height
