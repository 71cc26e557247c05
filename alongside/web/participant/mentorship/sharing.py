"""Who reads what a member shares: chosen when it is written, in words beside it ever after."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.mentorships.models import Member, SharedInside
from alongside.web.participant.mentorship.here import Here

ME, ALL, SOME = "me", "all", "some"


def sees(row: SharedInside, here: Here) -> str:
    """Say who can read a thing, from the reader's side: "only you", "you and Maya Mentor"."""
    if row.for_all:
        return here.members_in_words
    readers = {member.pk: member.participant.person.name for member in row.readers.all()}
    readers[row.author_id] = row.author.participant.person.name
    others = [name for pk, name in readers.items() if pk != here.me.pk]
    return _("you and %(others)s") % {"others": ", ".join(others)} if others else _("only you")


class SharedForm(forms.Form):
    """The question who reads a thing: only its author, all in the mentorship, or in a group some of them."""

    only_me = True
    readers = forms.ChoiceField(
        label=gettext_lazy("Who can read it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who can read it.")},
    )
    some = forms.MultipleChoiceField(
        label=gettext_lazy("Only these"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(member.pk): member for member in here.others}
        names = [(pk, member.participant.person.name) for pk, member in self.others.items()]
        choices = [(ALL, here.members_in_words[:1].upper() + here.members_in_words[1:])]
        if self.only_me:
            choices.insert(0, (ME, _("Only me")))
        if len(names) > 1:
            choices.append((SOME, _("Some of us, as ticked below")))
            self.fields["some"].choices = names  # type: ignore[attr-defined]
        else:
            del self.fields["some"]
        self.fields["readers"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            del self.fields["readers"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("readers") == SOME and not values.get("some"):
            words = _("Tick at least one, or choose “Only me”.") if self.only_me else _("Tick at least one.")
            self.add_error("some", words)
        return values

    def shared_with(self) -> dict[str, Any]:
        """Return what was chosen, as actions take it."""
        readers = self.cleaned_data.get("readers", ALL)
        some = self.cleaned_data.get("some", []) if readers == SOME else []
        chosen: list[Member] = [self.others[pk] for pk in some]
        return {"for_all": readers == ALL, "readers": chosen}
