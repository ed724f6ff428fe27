"""A picture as somebody sends it, made safe to show: opened, turned upright, freed of all that the camera wrote.

What is kept is drawn anew from the pixels, so that nothing of the file itself remains: no place, no time, no
serial number, and nothing hidden behind the picture.
"""

import io
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from webapp.errors import Invalid
from webapp.services import media

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 50_000_000
"""More than any telephone takes; a picture of that size needs 150 MB while it is read."""
SIDES = {"full": 3000, "large": 1600, "small": 480}
"""Name of a copy → its longer side at most, in pixels. Nothing is ever made larger than it was."""
MEDIA_TYPE = "image/jpeg"
_FORMATS = ("JPEG", "PNG", "WEBP")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_QUALITY = 85
# Pictures are read one after the other: a few at once would take the memory of the whole machine.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """JPEG bytes by the names of SIDES, and the size of the fullest in pixels."""

    copies: dict[str, bytes]
    width: int
    height: int


def read_picture(name: str, content: bytes) -> Picture:
    """The copies to keep of a file. Raises Invalid, with the reason, for what is no picture or cannot be shown."""
    if not content:
        raise Invalid(f"{name}: the file is empty. Choose the picture again.")
    if _is_heic(content):
        raise Invalid(
            f"{name}: this is a HEIC picture, which most browsers cannot show. Send it as JPEG: on an iPhone, choose "
            "Settings, Camera, Formats, Most Compatible, or share the picture by e-mail to yourself first."
        )
    # Imported here, since most pages need no pictures.
    from PIL import Image, ImageOps, UnidentifiedImageError

    with _ONE_AT_A_TIME:
        try:
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                _check_size(name, opened)
                # Lets JPEG be read at a fraction of its size where that is enough.
                opened.draft("RGB", (SIDES["full"], SIDES["full"]))
                return _copies(_plain(_in_usual_colours(ImageOps.exif_transpose(opened))))
        except UnidentifiedImageError as err:
            raise Invalid(f"{name}: this is not a picture. Send a JPEG, PNG or WebP file.") from err
        except Image.DecompressionBombError as err:
            raise Invalid(_too_large(name)) from err
        except (OSError, SyntaxError, ValueError) as err:
            raise Invalid(f"{name}: this picture is damaged and cannot be read. Send it again, or another.") from err


def read_clean_picture(name: str, content: bytes) -> Picture:
    """The copies of a file, the fullest as it stands if it holds nothing but pixels, as one does that was kept."""
    picture = read_picture(name, content)
    if _is_clean(content):
        picture.copies["full"] = content
    return picture


def keep_copies(folder: Path, picture: Picture) -> dict[str, str]:
    """Keep all copies in the media store; gives the digest of each by its name."""
    return {size: media.keep(folder, copy) for size, copy in picture.copies.items()}


def _is_clean(content: bytes) -> bool:
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        # The one segment that says no more than that this is a JPEG; a camera or a program wrote any other.
        is_bare = all(name == "APP0" for name, _ in getattr(opened, "applist", [("none", b"")]))
        is_as_kept = opened.format == "JPEG" and opened.mode == "RGB" and max(opened.size) <= SIDES["full"]
        return is_bare and is_as_kept and content.endswith(b"\xff\xd9")


def _check_size(name: str, opened: "Image") -> None:
    if opened.width * opened.height > MAX_PIXELS:
        raise Invalid(_too_large(name))


def _too_large(name: str) -> str:
    return (
        f"{name}: this picture has more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller, to 3,000 "
        "pixels on its longer side, and send it again."
    )


def _is_heic(content: bytes) -> bool:
    """By the brands of ISO/IEC 23008-12 in the first box of the file."""
    return content[4:8] == b"ftyp" and content[8:12] in (
        b"heic",
        b"heix",
        b"hevc",
        b"heim",
        b"heis",
        b"mif1",
        b"msf1",
    )


def _in_usual_colours(image: "Image") -> "Image":
    """In sRGB, since the profile that says otherwise is not kept; telephones take pictures in a wider space."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image
    try:
        wide = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, wide, ImageCms.createProfile("sRGB")) or image
    except (ImageCms.PyCMSError, OSError):
        # A profile that cannot be read changes no pixel: the picture is shown a little paler than it was.
        return image


def _plain(image: "Image") -> "Image":
    """In red, green and blue, what is see-through on white."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGB", layered.size, "white")
        ground.paste(layered, mask=layered.getchannel("A"))
        return ground
    return image.convert("RGB")


def _copies(image: "Image") -> Picture:
    """The largest first, and each smaller one from it."""
    from PIL import Image

    copies, width, height = {}, 0, 0
    for name, side in SIDES.items():
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        width, height = width or image.width, height or image.height
        written = io.BytesIO()
        # Nothing is handed on beside the pixels: no `exif`, no `icc_profile`, no comment.
        Image.frombytes("RGB", image.size, image.tobytes()).save(written, "JPEG", quality=_QUALITY)
        copies[name] = written.getvalue()
    return Picture(copies, width, height)
