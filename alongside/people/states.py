from django.db import models
from django.utils.translation import gettext_lazy as _


class EmailSort(models.TextChoices):
    """A sort of emails that a person can do without: none of them decides anything, and all of it is on a page too."""

    MESSAGES = "messages", _("Messages from the others in your mentorship")
    ACTIONS = "actions", _("Reminders of what is on your plan")
    PULSE = "pulse", _("How it is going, once a month, and what came of it afterwards")
    NEXT_STEPS = "next_steps", _("Reminders of a next step: a first meeting, the agreement, exercises to compare")
