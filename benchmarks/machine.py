"""The machine a benchmark ran on, in the words it prints above its figures."""

from __future__ import annotations

import os
import platform
import resource
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version


def processor() -> str:
    """Return what the machine calls its processor."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
            return next(named, platform.machine())
    except OSError:
        return platform.machine()


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def machine(packages: Iterable[str] = ()) -> str:
    """Describe processor, cores, Python and the versions of packages in a line."""
    versions = ", ".join(f"{name} {_version(name)}" for name in packages)
    return f"{processor()}, {cores()} cores, Python {platform.python_version()}" + (f", {versions}" if versions else "")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def peak_megabytes() -> float:
    """Return the most memory this process has held so far."""
    # Bytes on macOS, kilobytes elsewhere.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
