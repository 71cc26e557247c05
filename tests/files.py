"""Made-up files of every kind, as small as they can be."""

import io
import zipfile

OOXML = "application/vnd.openxmlformats-officedocument"
PDF = b"%PDF-1.7\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """Return a zip of parts by their names, in this order."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, part in parts.items():
            opened.writestr(name, part)
    return content.getvalue()


def office(main: str = "word/document.xml", **more: bytes) -> bytes:
    """Return a document of an Office program whose main part is ``main``."""
    return zipped(
        {"[Content_Types].xml": "<Types/>", main: "<x/>", **{k.replace("__", "/"): v for k, v in more.items()}}
    )


def open_document(kind: str = "text", **more: bytes) -> bytes:
    """Return an OpenDocument of a kind."""
    parts: dict[str, bytes | str] = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>"}
    return zipped({**parts, **more})


KNOWN = {
    "pdf": PDF,
    "png": PNG,
    "jpg": b"\xff\xd8\xff\xe0" + b"\0" * 20,
    "gif": b"GIF89a" + b"\0" * 20,
    "webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "txt": "Grüße, ein Brief.\n".encode(),
    "csv": b"month,sales\nMay,12\n",
    "md": b"# Plan\n\n- one\n",
    "rtf": b"{\\rtf1\\ansi Hello}",
    "docx": office(),
    "xlsx": office("xl/workbook.xml"),
    "pptx": office("ppt/presentation.xml"),
    "odt": open_document(),
    "ods": open_document("spreadsheet"),
    "odp": open_document("presentation"),
}
