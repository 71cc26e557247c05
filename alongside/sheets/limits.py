"""What a file may cost to read, and how one is refused."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadableFile(Exception):
    """A file that gives no table, with the reason in words for the person who dropped it.

    `code` is one of not_a_spreadsheet, encrypted, too_large, zip_bomb, empty, too_many_rows,
    too_many_columns, damaged.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a file may hold. Bytes are bytes; `max_ratio` is unpacked to packed size."""

    max_bytes: int = 20 * 1024 * 1024
    max_unpacked_bytes: int = 400 * 1024 * 1024
    max_ratio: int = 250
    max_rows: int = 100_000
    max_columns: int = 500
    max_cells: int = 5_000_000
    max_cell_chars: int = 100_000
    max_seconds: int = 120


STANDARD = Limits()


def refuse_too_large(size: int, limits: Limits = STANDARD) -> None:
    """Let a file of `size` bytes through.

    :raises UnreadableFile: if it is larger than may be read
    """
    if size > limits.max_bytes:
        raise UnreadableFile(
            "too_large",
            f"This file is {megabytes(size)}; the most that can be read is {megabytes(limits.max_bytes)}."
            " Delete pictures and other sheets, or split the list in two.",
        )


def megabytes(size: int) -> str:
    """Return a number of bytes as people say it: "21 MB"."""
    return f"{max(1, round(size / 1024 / 1024))} MB"
