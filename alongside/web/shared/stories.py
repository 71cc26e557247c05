"""A story as everybody reads it."""

from typing import Any

from django.utils.translation import gettext as _

from alongside.finding.vocabulary import label
from alongside.programmes.states import Side
from alongside.stories.models import Story
from alongside.stories.states import Impact


def shown(story: Story) -> dict[str, Any]:
    """Return a story as ``components/story.html`` takes it."""
    role = _("a mentor") if story.side == Side.MENTOR else _("a mentee")
    name = story.teller_named
    by = _("%(name)s, %(role)s") % {"name": name, "role": role} if name else role[:1].upper() + role[1:]
    tags = [str(Impact(each).label) for each in story.impacts]
    tags += [label("topics", each) for each in story.topics] + (
        [label("sectors", story.sector)] if story.sector else []
    )
    return {
        "ref": story.ref,
        "title": story.title,
        "words": story.words,
        "by": by,
        "of": story.organisation.name,
        "picture": story.picture,
        "tags": [*tags, *filter(None, [story.region])],
    }
