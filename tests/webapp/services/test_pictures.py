"""Pictures as people send them: what is kept of them, and what is refused with which reason."""

import io
import struct
import zlib

import pytest
from PIL import Image

from webapp.errors import Invalid
from webapp.services.pictures import MAX_PIXELS, read_clean_picture, read_picture

SERIAL = b"SERIAL-4711"


def photo(
    *, size: tuple[int, int] = (900, 600), mode: str = "RGB", kind: str = "JPEG", turned: bool = False
) -> bytes:
    """A picture with all that a telephone writes into it: where, when, with which camera, and a thumbnail."""
    drawn = Image.new("RGB", size, "green")
    drawn.paste("red", (0, 0, size[0] // 2, size[1]))
    image = drawn.convert(mode)
    exif = Image.Exif()
    exif[0x010F] = SERIAL.decode()
    exif[0x0132] = "2024:05:06 07:08:09"
    exif[0x0112] = 6 if turned else 1
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    written = io.BytesIO()
    more = {} if kind == "WEBP" else {"comment": SERIAL} if kind == "JPEG" else {}
    image.save(written, kind, exif=exif, **more)
    return written.getvalue() + SERIAL


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("JPEG", "L"), ("PNG", "P")]
)
def test_nothing_that_a_camera_wrote_is_kept(kind: str, mode: str) -> None:
    sent = photo(kind=kind, mode=mode)
    assert SERIAL in sent
    kept = read_picture("hall.jpg", sent)
    for copy in kept.copies.values():
        opened = Image.open(io.BytesIO(copy))
        assert opened.format == "JPEG"
        assert not opened.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(opened.info)
        assert SERIAL not in copy
        assert b"GPS" not in copy
        assert b"2024" not in copy


def test_copies_grow_smaller_and_never_larger() -> None:
    kept = read_picture("hall.jpg", photo(size=(2000, 1000)))
    sizes = {name: Image.open(io.BytesIO(copy)).size for name, copy in kept.copies.items()}
    assert sizes == {"full": (2000, 1000), "large": (1600, 800), "small": (480, 240)}
    assert (kept.width, kept.height) == (2000, 1000)
    assert Image.open(io.BytesIO(read_picture("a.jpg", photo(size=(90, 60))).copies["small"])).size == (90, 60)


def test_a_picture_stands_upright_without_the_mark_that_said_so() -> None:
    kept = read_picture("hall.jpg", photo(size=(900, 600), turned=True))
    assert (kept.width, kept.height) == (600, 900)


def test_what_is_see_through_stands_on_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(written, "PNG")
    drawn = Image.open(io.BytesIO(read_picture("a.png", written.getvalue()).copies["full"]))
    assert min(drawn.getpixel((20, 20))) > 250


def bomb() -> bytes:
    """A PNG of a few bytes that says it is larger than anything may be."""
    side = int(MAX_PIXELS**0.5) + 1
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = b"IDAT" + zlib.compress(b"")
    chunks = (struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in (header, pixels))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(50), "HEIC"),
        (b"<html><script>alert(1)</script></html>", "this is not a picture"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "this is not a picture"),
        (b"%PDF-1.7 and so on", "this is not a picture"),
        (photo()[:4000], "damaged"),
        (bomb(), "more than 50 million pixels"),
    ],
    ids=["empty", "heic", "html", "gif", "pdf", "cut off", "huge"],
)
def test_what_cannot_be_shown_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Invalid, match=reason) as refused:
        read_picture("hall.jpg", content)
    assert str(refused.value).startswith("hall.jpg: ")


def test_a_picture_that_was_kept_here_comes_back_as_it_was_and_one_from_elsewhere_is_cleaned() -> None:
    kept = read_picture("hall.jpg", photo()).copies["full"]
    assert read_clean_picture("hall.jpg", kept).copies["full"] == kept
    assert SERIAL not in read_clean_picture("hall.jpg", photo()).copies["full"]
    assert (
        SERIAL
        not in read_clean_picture("hall.jpg", kept[:2] + b"\xff\xfe\x00\x0d" + SERIAL + kept[2:]).copies["full"]
    )
