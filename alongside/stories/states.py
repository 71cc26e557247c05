from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.lifecycle import Lifecycle, Move


class StoryState(models.TextChoices):
    """How far a story is from being read by everybody."""

    TOLD = "told", _("told, and not published yet")
    PROPOSED = "proposed", _("other words wait for a yes")
    PUBLISHED = "published", _("published")
    DECLINED = "declined", _("not published")
    WITHDRAWN = "withdrawn", _("taken back")


S = StoryState
LIVE = frozenset({S.TOLD, S.PROPOSED, S.PUBLISHED})

LIFE: Lifecycle[StoryState] = Lifecycle(
    Move("propose", frozenset({S.TOLD, S.PUBLISHED}), S.PROPOSED, "Propose other words"),
    Move("agree", frozenset({S.PROPOSED}), S.PUBLISHED, "Yes, publish it like this"),
    Move("keep_mine", frozenset({S.PROPOSED}), S.TOLD, "No, keep my words"),
    Move("publish", frozenset({S.TOLD}), S.PUBLISHED, "Publish it as it is"),
    Move("decline", frozenset({S.TOLD}), S.DECLINED, "Thank them, and do not publish it"),
    Move("withdraw", LIVE, S.WITHDRAWN, "Take it back"),
)
"""The teller agrees, keeps their words and withdraws; the coordinators do the rest."""


class Impact(models.TextChoices):
    """What changed, in the teller's own judgement."""

    CONFIDENCE = "confidence", _("More confidence")
    STARTED = "started", _("Something was started")
    CUSTOMERS = "customers", _("More customers or sales")
    JOBS = "jobs", _("Jobs were made or kept")
    SKILLS = "skills", _("New skills")
    NEXT_STEP = "next_step", _("A next step at work")
    BALANCE = "balance", _("Work and life in balance")
    GIVING = "giving", _("What it gave me as a mentor")


class Shown(models.TextChoices):
    """How the teller is named."""

    NAME = "name", _("With my name")
    FIRST = "first", _("With my first name alone")
    NOBODY = "nobody", _("Without my name")
