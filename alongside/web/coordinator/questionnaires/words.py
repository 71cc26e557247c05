from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.questionnaires.changes import Change, How

PARTS = {
    "items": gettext_lazy("item"),
    "roles": gettext_lazy("role"),
    "raters": gettext_lazy("group"),
    "scales": gettext_lazy("scale"),
    "translations": gettext_lazy("translation"),
    "title": gettext_lazy("what it is called"),
    "about": gettext_lazy("what it is for"),
    "language": gettext_lazy("its language"),
    "audience": gettext_lazy("who answers"),
    "shown": gettext_lazy("who sees the answers"),
    "at_least": gettext_lazy("from how many answers on counts are shown"),
}


def in_words(change: Change) -> str:
    """Say one difference between two versions."""
    words = {"part": PARTS[change.part], "words": change.words}
    match change.how:
        case How.ADDED:
            return _("New %(part)s: “%(words)s”") % words
        case How.TAKEN_OUT:
            return _("Taken out, %(part)s: “%(words)s”") % words
        case How.MOVED:
            return _("Moved, %(part)s: “%(words)s”") % words
        case _other:
            return _("Changed, %(part)s: “%(words)s”") % words
