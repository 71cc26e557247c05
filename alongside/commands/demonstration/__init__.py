"""The demonstration: a network that looks lived in, built by the same actions that people use."""

from alongside.commands.demonstration.building import build_if_missing
from alongside.reports.demonstration import KINDS


def sign_in_address(kind: str, port: int) -> str:
    """Return where the demonstration lets you in as somebody of a kind."""
    return f"http://127.0.0.1:{port}/demonstration/{kind}/"


__all__ = ["KINDS", "build_if_missing", "sign_in_address"]
