"""A cohort's board as a view needs it: fetched and authorised in one step, with the people by ref."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.journeys.pool import pool_of
from alongside.matching.models import Matching, Version
from alongside.matching.problem import Pool
from alongside.matching.queries import KIND_AFTER, board_ref, matchings_run_by
from alongside.matching.today import Today
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.queries import cohorts_run_by, participants_run_by
from alongside.web.shared.access import PersonRequest, get_or_404


class NotHere(Exception):
    """Say that somebody is not to be matched now."""

    def __init__(self) -> None:
        super().__init__(_("One of them is not among the people to be matched any more."))


def of_people_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead back to the board where a page is about somebody who found a mentor or left meanwhile."""

    @wraps(view)
    def checked(request: PersonRequest, ref: str) -> HttpResponse:
        try:
            return view(request, ref)
        except NotHere as refusal:
            messages.warning(request, str(refusal))
            return redirect("board", ref)

    return checked


def here(cohort: Cohort, kind: str) -> dict[str, Any]:
    """Return what names a board on a page: its cohort, its address, and the kind of mentor, where there are kinds."""
    title = cohort.rules.shape.title_of(kind)
    return {"cohort": cohort, "board_ref": board_ref(cohort, kind), "kind_title": title}


class Standing:
    """A cohort, its matching, the version on the board and the people of today.

    Where there are kinds of mentors, each kind has a board of its own: ``ref`` names the cohort and the kind. Without a
    kind it is that of the first.
    """

    def __init__(self, person: Person, ref: str) -> None:
        self.person = person
        cohort, _after, kind = ref.partition(KIND_AFTER)
        self.cohort: Cohort = get_or_404(cohorts_run_by(person), ref=cohort)
        self.kind = kind or self.cohort.rules.shape.matched[0]
        if self.kind not in self.cohort.rules.shape.matched:
            raise Http404

    @property
    def ref(self) -> str:
        """What names this board in an address."""
        return board_ref(self.cohort, self.kind)

    @property
    def here(self) -> dict[str, Any]:
        """What every page about this board is given."""
        return here(self.cohort, self.kind)

    def _check_pairs(self) -> None:
        """Answer as if there were no board where people work in groups."""
        if self.cohort.rules.shape.of != "pair":
            raise Http404

    @cached_property
    def matching(self) -> Matching | None:
        self._check_pairs()
        rows = matchings_run_by(self.person).select_related("current__made_by")
        found: Matching | None = rows.filter(cohort=self.cohort, kind=self.kind).first()
        if found and found.current:  # what is known already is not asked again
            found.cohort = self.cohort
            found.current.matching = found
        return found

    @property
    def board(self) -> Matching:
        """The matching, for pages that make no sense before there is one."""
        if self.matching is None or self.matching.current is None:
            raise Http404
        return self.matching

    @property
    def version(self) -> Version:
        current = self.board.current
        assert current is not None  # noqa: S101 - `board` looked
        return current

    @cached_property
    def pool(self) -> Pool:
        self._check_pairs()
        return pool_of(self.cohort, self.kind)

    @cached_property
    def today(self) -> Today:
        return Today(self.version, self.pool)

    @cached_property
    def _gone(self) -> dict[str, Participant]:
        """Those a version of the board knows who are not in the pool any more."""
        present = {participant.pk for participant in (*self.pool.mentees, *self.pool.mentors)}
        rows = participants_run_by(self.person).filter(cohort=self.cohort)
        return {row.ref: row for row in rows if row.pk not in present}

    def person_of(self, ref: str) -> Participant | None:
        """Return a participant of the pool, or one who was in it."""
        return self.pool.participant(ref) or self._gone.get(ref)

    def name(self, ref: str | None) -> str:
        """Return what to call somebody; a dash for nobody."""
        found = self.person_of(ref) if ref else None
        return found.person.name if found else "–"

    def mentee(self, ref: str) -> Participant:
        """Return a mentee of the pool by ref.

        :raises NotHere: if there is no such mentee in it.
        """
        return _among(self._mentees, ref)

    def mentor(self, ref: str) -> Participant:
        """Return a mentor of the pool by ref.

        :raises NotHere: if there is no such mentor in it.
        """
        return _among(self._mentors, ref)

    @cached_property
    def _mentees(self) -> dict[str, Participant]:
        return {mentee.ref: mentee for mentee in self.pool.mentees}

    @cached_property
    def _mentors(self) -> dict[str, Participant]:
        return {mentor.ref: mentor for mentor in self.pool.mentors}


def _among(people: dict[str, Participant], ref: str) -> Participant:
    if ref not in people:
        raise NotHere
    return people[ref]
