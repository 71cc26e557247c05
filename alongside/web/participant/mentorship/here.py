"""Who reads a page of a mentorship: one of its members. Every page inside wears :func:`in_mentorship`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.kernel import scope
from alongside.kernel.links import BadLink
from alongside.kernel.sealing import CannotOpen
from alongside.kernel.vocabulary import spoken
from alongside.mentorships.member_links import named_by
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of, membership, memberships_with_all
from alongside.people.models import Person
from alongside.web.shared.access import PersonRequest, View, by_signed_link, signed_in

P = ParamSpec("P")


@dataclass(frozen=True)
class Here:
    """One member, where they are now: inside a mentorship."""

    me: Member

    @property
    def mentorship(self) -> Mentorship:
        found: Mentorship = self.me.mentorship
        return found

    @property
    def person(self) -> Person:
        found: Person = self.me.participant.person
        return found

    @cached_property
    def members(self) -> list[Member]:
        """Everybody in it, mentees first."""
        found = members_of(self.mentorship)
        for member in found:
            member.mentorship = self.mentorship
        return found

    @property
    def others(self) -> list[Member]:
        return [member for member in self.members if member.pk != self.me.pk]

    @property
    def are_two(self) -> bool:
        """Whether there is nobody else here but the two."""
        return len(self.members) == 2

    @property
    def others_in_words(self) -> str:
        """Name the others: "Maya Mentor", or "Maya Mentor and Marcus Moor"."""
        names = [member.participant.person.name for member in self.others]
        *first, last = names or [_("nobody else")]
        return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last

    def kind_of(self, member: Member) -> str:
        """Return what the kind of mentor somebody is is called; "" for a mentee, and where there are no kinds."""
        title: str = self.mentorship.cohort.rules.shape.title_of(member.participant.kind)
        return title if member.is_mentor else ""

    @property
    def kinds_in_words(self) -> str:
        """Say which kind of mentor each is: "Maya Mentor, officer · Cora Clark, experienced councillor"."""
        kinds = ((member.participant.person.name, self.kind_of(member)) for member in self.members)
        return " · ".join(f"{name}, {kind}" for name, kind in kinds if kind)

    @property
    def members_in_words(self) -> str:
        """Say who sees what all here share: "you and Maya Mentor"."""
        return _("you and %(others)s") % {"others": self.others_in_words}


def in_mentorship(view: Callable[Concatenate[PersonRequest, Here, P], HttpResponse]) -> View:
    """Give the view where the person is; whoever is no member of this mentorship gets 404.

    Where what is inside has been deleted since, the page says so.
    """

    @wraps(view)
    def opened(request: PersonRequest, ref: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        me = membership(request.person.ref, ref)
        if me is None:
            raise Http404
        try:
            with spoken(me.mentorship.cohort.rules.speech):
                return view(request, Here(me), *args, **kwargs)
        except CannotOpen:
            if me.mentorship.wrapped_key is not None:
                raise
            return render(request, "mentorship/gone.html", {"here": Here(me)}, status=410)

    return signed_in(opened)


def by_member_link(purpose: str) -> Callable[[Callable[Concatenate[HttpRequest, Here, str, P], HttpResponse]], View]:
    """Give the view where the member is to whom a link was written, and the ref of what it is about.

    The link alone opens that one page: the scope of what it names is declared, times are in the member's zone.
    """

    def decorate(view: Callable[Concatenate[HttpRequest, Here, str, P], HttpResponse]) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                ref, me = named_by(purpose, token)
            except BadLink as bad:
                return render(request, "participant/bad_link.html", {"words": str(bad)}, status=404)
            with (
                scope.within(scope.Scope.of(programmes=[me.programme_id], mentorships=[me.mentorship_id])),
                timezone.override(ZoneInfo(me.participant.person.time_zone)),
                spoken(me.mentorship.cohort.rules.speech),
            ):
                return view(request, Here(me), ref, *args, **kwargs)

        return by_signed_link(opened)

    return decorate


def heres_of(person: Person) -> list[Here]:
    """Return everywhere this person is a member of a mentorship that runs, with all members at hand."""
    return [_with_members(me) for me in memberships_with_all(person)]


def _with_members(me: Member) -> Here:
    here = Here(me)
    everybody = [member for member in me.mentorship.members.all() if member.left_at is None]
    for member in everybody:
        member.mentorship = me.mentorship
    here.__dict__["members"] = sorted(everybody, key=lambda member: (member.is_mentor, member.pk))
    return here
