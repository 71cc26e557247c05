from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside import engine
from alongside.matching import board
from alongside.matching.problem import RefPair, Wanted
from alongside.programmes.models import Participant
from alongside.web.coordinator.board.words import CRITERIA

Wish = Callable[[Wanted], Wanted]


class WeightsForm(forms.Form):
    """What counts for how much: a number for each criterion, of which only the proportions count."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, (label, _hint) in CRITERIA.items():
            self.fields[name] = forms.FloatField(label=label, min_value=0, max_value=1000)

    def weights(self, before: engine.Weights) -> engine.Weights:
        """Return the weights filled in; those that the form does not ask for stay as they were before.

        :raises ValueError: if one is missing or no number, or all are zero.
        """
        if not self.is_valid():
            raise ValueError(_("Give every line a number from 0 to 1,000."))
        return before.with_criteria(self.cleaned_data)


def wish(do: str, mentee: Participant, mentor: Participant) -> tuple[Wish, str]:
    """Return the change that a button asks for, and its words for the list of versions.

    :raises ValueError: if the board has no such button.
    """
    if do not in WISHES:
        raise ValueError(_("Choose what to do with this pair."))
    change, said = WISHES[do]
    if do == "require" and mentee.capacity == 1:
        change = board.pick
    pair: RefPair = (mentee.ref, mentor.ref)
    names = {"mentee": mentee.person.name, "mentor": mentor.person.name}
    return (lambda wanted: change(wanted, pair)), str(said) % names


WISHES: dict[str, tuple[Callable[[Wanted, RefPair], Wanted], Any]] = {
    "lock": (board.lock, _("%(mentee)s stays with %(mentor)s")),
    "unlock": (board.release, _("%(mentee)s need not stay with %(mentor)s")),
    "forbid": (board.forbid, _("%(mentee)s is not paired with %(mentor)s")),
    "allow": (board.release, _("%(mentee)s may be paired with %(mentor)s again")),
    "require": (board.lock, _("%(mentee)s is paired with %(mentor)s")),
    "pick": (board.pick, _("%(mentee)s is paired with %(mentor)s")),
}
