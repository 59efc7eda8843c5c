"""The look that tells pictures with text from those without: ``python -m benchmarks.looks [folder of photographs ...]``.

Both kinds are drawn here; real photographs come from the packages that happen to be installed and from the folders.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from benchmarks.reading_samples import ARTICLES
from pipeline.ingest.ocr import lettering
from pipeline.ingest.ocr.image import opened

_WORDS = "".join(ARTICLES)
_FONTS = sorted(path for path in Path("/usr/share/fonts").rglob("*CJK*.tt[cf]"))
_PACKAGED = (("sklearn", "datasets/images"), ("matplotlib", "mpl-data/sample_data"))
_CROPS = ((0, 0, 1, 1), (0, 0, 0.5, 0.5), (0.4, 0.3, 0.9, 0.8), (0.3, 0.5, 0.7, 1))
Picture = Image.Image


def printed(
    dice: random.Random, size: tuple[int, int], height: int, lines: int, ink: object = "black", paper: object = "white"
):
    """A picture with so many lines of print, whole and short ones."""
    picture = Image.new("RGB", size, paper)
    _write(dice, picture, (round(0.08 * size[0]), round(0.08 * size[1])), height, lines, ink)
    return picture


def _write(dice: random.Random, picture: Picture, place: tuple[int, int], height: int, lines: int, ink: object) -> None:
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(dice.choice(_FONTS)), height)
    most = max((picture.width - 2 * place[0]) // height, 6)
    gap = dice.choice((1.3, 1.6, 2.0))
    for number in range(lines):
        count = most if dice.random() < 0.8 else max(most // 2, 6)
        start = dice.randrange(len(_WORDS) - count)
        draw.text((place[0], place[1] + round(number * gap * height)), _WORDS[start : start + count], font=font, fill=ink)


def _page(dice: random.Random, ink: object = "black", paper: object = "white") -> Picture:
    dots = dice.choice((100, 150, 200))
    height = round(dice.choice((10, 12, 16)) * dots / 72)
    return printed(dice, (round(8.27 * dots), round(11.69 * dots)), height, dice.choice((2, 8, 40)), ink, paper)


def _faint(dice: random.Random) -> Picture:
    return _page(dice, (dice.choice((150, 180, 200)),) * 3)


def _scan(dice: random.Random) -> Picture:
    turned = _page(dice).rotate(dice.uniform(-8, 8), resample=Image.Resampling.BICUBIC, fillcolor="white")
    return compressed(
        _noisy(dice, turned.filter(ImageFilter.GaussianBlur(dice.choice((0, 0.8)))), dice.choice((3, 12, 20))), 40
    )


def _lying(dice: random.Random) -> Picture:
    return _page(dice).rotate(dice.choice((90, 180, 270)), expand=True)


def _slanting(dice: random.Random) -> Picture:
    return _page(dice).rotate(dice.uniform(-20, 20), resample=Image.Resampling.BICUBIC, fillcolor="white", expand=True)


def _photographed(dice: random.Random) -> Picture:
    """A page on a table under a lamp."""
    page = np.asarray(_page(dice))
    high, wide = page.shape[:2]
    margin = round(0.08 * wide)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    moved = corners + inward * np.array([[margin + dice.randrange(margin)] * 2 for _ in corners], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    seen = np.full_like(page, [dice.randint(40, 160) for _ in range(3)])
    seen = cv2.warpPerspective(page, matrix, (wide, high), dst=seen, borderMode=cv2.BORDER_TRANSPARENT)
    light = np.linspace(dice.choice((0.4, 0.6)), 1, wide)[None, :, None]
    return compressed(_noisy(dice, Image.fromarray((seen * light).astype(np.uint8)), dice.choice((3, 10))), 60)


def _clip(dice: random.Random) -> Picture:
    height, lines = dice.choice((12, 14, 16, 20)), dice.choice((1, 2, 4))
    colours = dice.choice(
        (("black", "white"), ("#555555", "#f5f5f5"), ("#b01010", "#fff3c0"), ("white", "#1f4e9e"), ("#dddddd", "#222222"))
    )
    return printed(dice, (dice.choice((300, 480, 700)), 24 + 2 * height * lines), height, lines, *colours)


def _line(dice: random.Random) -> Picture:
    height = dice.choice((14, 20, 32, 48))
    return printed(dice, (height * dice.choice((8, 10, 14)), 2 * height), height, 1)


def _caption(dice: random.Random) -> Picture:
    picture = landscape(dice.randrange(10_000)).resize((1000, 700))
    height = dice.choice((24, 36, 60))
    top = dice.randint(0, 500)
    ImageDraw.Draw(picture).rectangle([0, top, 1000, top + 2 * height], fill=dice.choice(("#103060", "black")))
    _write(dice, picture, (30, top + height // 2), height, 1, "white")
    return compressed(picture, 80)


def _upright(dice: random.Random) -> Picture:
    picture = Image.new("RGB", (900, 900), "white")
    height = dice.choice((24, 36))
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(dice.choice(_FONTS)), height)
    for column in range(8):
        for row, character in enumerate(_WORDS[column * 20 : column * 20 + 18]):
            draw.text((820 - round(1.9 * height * column), 60 + round(1.15 * height * row)), character, font=font, fill="black")
    return picture


def _table(dice: random.Random) -> Picture:
    height = dice.choice((16, 24))
    picture = Image.new("RGB", (28 * height + 40, 12 * height + 40), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(dice.choice(_FONTS)), height)
    for row in range(6):
        for column in range(4):
            left, top = 20 + 7 * height * column, 20 + 2 * height * row
            draw.rectangle([left, top, left + 7 * height, top + 2 * height], outline="black")
            start = dice.randrange(len(_WORDS) - 6)
            draw.text((left + 4, top + height // 3), _WORDS[start : start + dice.randint(2, 6)], font=font, fill="black")
    return picture


def _fax(dice: random.Random) -> Picture:
    return _page(dice).convert("1").convert("RGB")


def _old(dice: random.Random) -> Picture:
    return compressed(_noisy(dice, _page(dice, (60, 50, 40), (225, 210, 170)), 10), 60)


def _phone(dice: random.Random) -> Picture:
    """A screenshot of a telephone: bubbles with a line or two each."""
    picture = Image.new("RGB", (1080, 2340), "#ededed")
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(dice.choice(_FONTS)), dice.choice((36, 42, 48)))
    for number in range(dice.choice((2, 4, 8))):
        top, start = 180 + 250 * number, dice.randrange(len(_WORDS) - 40)
        left = dice.choice((130, 250))
        draw.rounded_rectangle([left, top, left + 760, top + 170], 20, fill=dice.choice(("#95ec69", "white")))
        for row in range(2):
            draw.text(
                (left + 30, top + 20 + 65 * row), _WORDS[start + 14 * row : start + 14 * row + 14], font=font, fill="#111111"
            )
    return picture


def _over(dice: random.Random) -> Picture:
    """Words written right over a photograph, with a dark rim as designers give them."""
    picture = landscape(dice.randrange(10_000)).resize((1200, 800))
    height = dice.choice((40, 56, 72))
    font = ImageFont.truetype(str(dice.choice(_FONTS)), height)
    start = dice.randrange(len(_WORDS) - 14)
    ImageDraw.Draw(picture).text(
        (80, dice.randint(60, 640)), _WORDS[start : start + 14], font=font, fill="white", stroke_width=3, stroke_fill="#202020"
    )
    return compressed(picture, 85)


def _slide(dice: random.Random) -> Picture:
    """A slide on a ground that shades off from one colour to another."""
    shade = np.linspace(0, 1, 720)[:, None, None]
    one, two = (np.array([dice.randint(0, 110) for _ in range(3)]) for _ in range(2))
    picture = Image.fromarray(np.broadcast_to((one + shade * (two - one)), (720, 1280, 3)).astype(np.uint8))
    _write(dice, picture, (100, 120), dice.choice((28, 36, 44)), dice.choice((2, 5, 8)), dice.choice(("white", "#ffe28a")))
    return compressed(picture, 80)


def _sign(dice: random.Random) -> Picture:
    """A board on a wall of bricks, photographed a little askew."""
    wall = _bricks(dice.randrange(1000))
    board = Image.new("RGB", (620, 130), dice.choice(("#fafafa", "#7a1f1f", "#123a6b")))
    ink = "black" if board.getpixel((0, 0))[0] > 200 else "#f5d76e"
    font = ImageFont.truetype(str(dice.choice(_FONTS)), 56)
    start = dice.randrange(len(_WORDS) - 10)
    ImageDraw.Draw(board).text((25, 30), _WORDS[start : start + 10], font=font, fill=ink)
    turned = board.rotate(dice.uniform(-5, 5), expand=True, fillcolor="#96503c", resample=Image.Resampling.BICUBIC)
    wall.paste(turned, (dice.randint(60, 300), dice.randint(80, 450)))
    return compressed(wall.filter(ImageFilter.GaussianBlur(0.6)), 80)


def _corner(dice: random.Random) -> Picture:
    """A few lines of small print in the corner of a large empty page."""
    picture = Image.new("RGB", (1654, 2339), "white")
    _write(dice, picture, (1000, 2000), dice.choice((20, 24)), 3, "black")
    return picture


WITH_TEXT: dict[str, Callable[[random.Random], Picture]] = {
    "整页": _page, "浅色": _faint, "扫描": _scan, "横置": _lying, "倾斜": _slanting, "拍照": _photographed, "截图": _clip, "一行": _line,
    "照片上的字幕": _caption, "竖排": _upright, "表格": _table, "传真": _fax, "旧纸": _old,
    "手机截图": _phone, "照片上的字": _over, "幻灯片": _slide, "招牌": _sign, "页角小字": _corner,
}  # fmt: skip


def _noisy(dice: random.Random, picture: Picture, strength: float) -> Picture:
    pixels = np.asarray(picture.convert("RGB"))
    grain = np.random.default_rng(dice.randrange(1 << 30)).normal(0, strength, (*pixels.shape[:2], 1))
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))


def compressed(picture: Picture, quality: int) -> Picture:
    """As a camera or a scanner stores it."""
    stored = io.BytesIO()
    picture.convert("RGB").save(stored, "JPEG", quality=quality)
    return Image.open(stored).convert("RGB")


def landscape(seed: int, size: tuple[int, int] = (1600, 1060)) -> Picture:
    """Clouds of colour in all sizes with the grain of a camera."""
    random_ = np.random.default_rng(seed)
    pixels = np.full((size[1], size[0], 3), 128.0)
    for octave in range(random_.integers(3, 7)):
        grain = random_.normal(0, 70 / 1.7**octave, (3 * 2**octave, 4 * 2**octave, 3)).astype(np.float32)
        pixels += cv2.resize(grain, size, interpolation=cv2.INTER_CUBIC)
    return Image.fromarray(np.clip(pixels + random_.normal(0, 5, pixels.shape), 0, 255).astype(np.uint8))


def _bricks(seed: int) -> Picture:
    random_ = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:700, 0:1000]
    joints = (rows % 40 < 4) | ((columns + 35 * (rows // 40 % 2)) % 70 < 4)
    pixels = np.where(joints[..., None], (190, 180, 170), (150, 80, 60)) + random_.normal(0, 12, (700, 1000, 3))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _chart(seed: int) -> Picture:
    random_ = np.random.default_rng(seed)
    picture = Image.new("RGB", (600, 400), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(_FONTS[0]), 14)
    for number, height in enumerate(random_.integers(20, 300, 8)):
        draw.rectangle([60 + 65 * number, 350 - int(height), 100 + 65 * number, 350], fill="#1f77b4")
        draw.text((72 + 65 * number, 356), str(number + 1), font=font, fill="black")
    for number in range(6):
        draw.text((20, 340 - 60 * number), str(20 * number), font=font, fill="black")
    return picture


def _logo(seed: int) -> Picture:
    picture = Image.new("RGB", (300, 300), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(_FONTS[seed % len(_FONTS)]), 70)
    draw.ellipse([30, 30, 270, 270], fill=("#cc0000", "#0066cc", "#009933")[seed % 3])
    draw.text((80, 100), _WORDS[seed : seed + 2], font=font, fill="white")
    return picture


def without_text(folders: Iterable[Path] = ()) -> Iterator[tuple[str, Picture]]:
    """Photographs with parts of them, and what else shows no text to be read."""
    for file in _files(folders):
        whole = Image.open(file).convert("RGB")
        for left, top, right, bottom in _CROPS:
            part = whole.crop(
                (round(left * whole.width), round(top * whole.height), round(right * whole.width), round(bottom * whole.height))
            )
            yield "照片", compressed(ImageOps.contain(part, (1200, 1200)), 85)
    for seed in range(20):
        yield "风景（合成）", landscape(seed)
        yield "砖墙（合成）", _bricks(seed)
        yield "柱形图", _chart(seed)
        yield "标志", _logo(seed)


def _files(folders: Iterable[Path]) -> list[Path]:
    found = [
        Path(spec.submodule_search_locations[0]) / inside
        for name, inside in _PACKAGED
        if (spec := find_spec(name)) and spec.submodule_search_locations
    ]
    return sorted(file for folder in (*found, *folders) for file in folder.rglob("*") if file.suffix in (".jpg", ".webp"))


def _stored(picture: Picture, kind: str) -> bytes:
    stored = io.BytesIO()
    picture.save(stored, kind, quality=88)
    return stored.getvalue()


def main(times: int = 16) -> None:
    """Print for each kind how many are held for text, and what the look cost with the opening; photographs are JPEG, text both."""
    lettering.may_hold_text(lambda _: np.asarray(_line(random.Random(0))))  # the recogniser is loaded before the clock runs
    drawn = [
        (kind, _stored(draw(random.Random(f"{kind}{number}")), ("PNG", "JPEG")[number % 2]))
        for kind, draw in WITH_TEXT.items()
        for number in range(times)
    ]
    drawn += [(kind, _stored(picture, "JPEG")) for kind, picture in without_text(map(Path, sys.argv[1:]))]
    for kind in dict.fromkeys(kind for kind, _ in drawn):
        spent, held = [], 0
        for data in (data for name, data in drawn if name == kind):
            start = time.process_time()
            held += lettering.may_hold_text(partial(opened, data))
            spent.append(time.process_time() - start)
        print(
            f"{kind:　<8}送识别 {held:3} / {len(spent):3}　中位 {np.median(spent) * 1000:5.1f} 毫秒　平均 {np.mean(spent) * 1000:5.1f} 毫秒"
        )


if __name__ == "__main__":
    main()
