"""``alongside reseal``: after a change of keys."""

import sys

from alongside.journeys.reseal import reseal as seal_all_anew
from alongside.kernel.sealing import CannotOpen


def reseal() -> int:
    """Seal everything with the newest key, say how much that was, and return the exit code."""
    try:
        count = seal_all_anew()
    except CannotOpen as error:
        print(f"{error} Put the missing key back behind the new one, then run this again.", file=sys.stderr)
        return 1
    print(f"Sealed anew: {count}. The older keys can be taken out of ALONGSIDE_CONTENT_KEYS now.")
    return 0
