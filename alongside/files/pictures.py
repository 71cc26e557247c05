"""A small picture carried as text: the address of its data."""

import base64
import binascii

LARGEST = 30_000
"""Bytes: it is in every page, so it is small."""
KINDS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/webp": (b"RIFF",),
    "image/svg+xml": (b"<svg", b"<?xml"),
}
WHICH = "Choose a PNG, JPEG, WebP or SVG picture of up to 30 KB, such as one 240 pixels wide."


def data_address(content: bytes) -> str:
    """Return a picture as the address of its data, or "" where it is none that is known."""
    kind = next((kind for kind, starts in KINDS.items() if content.lstrip().startswith(starts)), "")
    return f"data:{kind};base64,{base64.b64encode(content).decode()}" if kind else ""


def picture_refused(address: str) -> str:
    """Say why a picture cannot be used, and what would be right; "" where it can, or there is none.

    As it is only ever shown as a picture, what a script in an SVG would do is never done.
    """
    if not address:
        return ""
    head, _comma, data = address.partition(";base64,")
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return f"The picture cannot be read. {WHICH}"
    if not content.lstrip().startswith(KINDS.get(head.removeprefix("data:"), ())):
        return f"This is no picture that every browser shows. {WHICH}"
    return f"The picture has {len(content) // 1000} KB. {WHICH}" if len(content) > LARGEST else ""
