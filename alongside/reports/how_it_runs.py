"""How a programme runs, as one way from the first word to the last: who does what, in which order, by which clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from itertools import zip_longest
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.blueprints.rules import Rules
from alongside.blueprints.sections import Application, Placing, SideName, Step
from alongside.evaluation.clocks import FOLLOW_UPS
from alongside.mentorships.clocks import CLOCKS
from alongside.mentorships.states import Due
from alongside.placing.states import ASKS_KEPT
from alongside.questionnaires.library import newest

Who = Literal["mentee", "mentor", "both"]


@dataclass(frozen=True)
class Stage:
    """One stage: whose it is, what happens, and by when (in words; "" where no clock runs)."""

    who: Who
    title: str
    clock: str = ""
    about: str = ""


@dataclass(frozen=True)
class Row:
    """Stages at one height: one of both sides together, or one of each beside the other."""

    both: Stage | None = None
    mentee: Stage | None = None
    mentor: Stage | None = None

    @property
    def stages(self) -> list[Stage]:
        return [stage for stage in (self.both, self.mentee, self.mentor) if stage]


def course_of(rules: Rules) -> list[Row]:
    """Return the whole way, from asking to take part to what is left a year after the end."""
    if rules.shape.of == "peers":
        ready = [Row(both=replace(stage, who="both")) for stage in _until_ready(rules, "mentee")]
        return [*ready, *(_row(stage) for stage in [*_until_met(rules), *_working(rules), *_afterwards(rules)])]
    if rules.placing:
        alone = (*_until_ready(rules, "mentor"), *_placed(rules.placing))
        return [_row(stage) for stage in alone]
    apart = zip_longest(_until_ready(rules, "mentee"), _until_ready(rules, "mentor"))
    together = [*_until_met(rules), *_working(rules), *_afterwards(rules)]
    return [*(Row(mentee=mentee, mentor=mentor) for mentee, mentor in apart), *(_row(stage) for stage in together)]


def _placed(placing: Placing) -> Iterator[Stage]:
    """Yield what follows where volunteers are trained for others: nobody is matched, and the rest is elsewhere."""
    months = ngettext("holds for %(n)s month", "holds for %(n)s months", placing.months_valid)
    hours = _("Counts as %(hours)s hours of CPD.") % {"hours": f"{placing.cpd_hours:g}"}
    yield Stage("mentor", _("Trained to the standard"), months % {"n": placing.months_valid}, hours)
    words = _("An organisation that needs mentors calls; whoever fits and waits longest is asked first.")
    after = _("after %(n)s days never asked, the queue says so") % {"n": placing.waiting_days}
    yield Stage("mentor", _("Asked to serve elsewhere"), after, words)
    yield Stage("mentor", _("Says yes or no"), _to_answer(placing.days_to_answer, placing.reminders))
    yield Stage(
        "mentor", _("A mentor where they are needed"), about=_("Matched there, by the rules of that programme.")
    )
    kept = ngettext("after %(n)s month", "after %(n)s months", ASKS_KEPT) % {"n": ASKS_KEPT}
    yield Stage("mentor", _("What they wrote is deleted"), kept, _("Why somebody said no, and that they were asked."))


def _to_answer(days_to_answer: int, reminders_sent: int) -> str:
    days = ngettext("%(n)s day", "%(n)s days", days_to_answer) % {"n": days_to_answer}
    reminders = ngettext("%(n)s reminder", "%(n)s reminders", reminders_sent) % {"n": reminders_sent}
    return _("%(days)s to answer, %(reminders)s") % {"days": days, "reminders": reminders}


def _row(stage: Stage) -> Row:
    if stage.who == "both":
        return Row(both=stage)
    return Row(mentee=stage) if stage.who == "mentee" else Row(mentor=stage)


def _until_ready(rules: Rules, side: SideName) -> Iterator[Stage]:
    application = rules.applications.of(side)
    if application is None:
        yield Stage(side, _("A coordinator brings them in"))
    else:
        yield from _applying(application, side)
    for gate in in_order(rules.gates_of(side)):
        yield Stage(side, gate.title, about=gate.eligible_because)
    if not rules.placing:
        yield Stage(side, _("Ready to be matched"))


def _applying(application: Application, side: SideName) -> Iterator[Stage]:
    handed_in = ", ".join(document.title for document in application.documents)
    yield Stage(side, _("Apply"), about=_("With it: %(documents)s.") % {"documents": handed_in} if handed_in else "")
    for step in in_order(application.steps):
        yield Stage(side, step.title, about=step.eligible_because)
    days = application.days_to_decide
    within = ngettext("within %(n)s day", "within %(n)s days", days) % {"n": days}
    waiting = _("Yes, no with a reason, or a place on the waiting list.") if application.waiting_list else ""
    yield Stage(side, _("A coordinator decides"), within, waiting)


def in_order(steps: Sequence[Step]) -> list[Step]:
    """Return steps so that each comes after those it names, otherwise as they were written."""
    sorter = TopologicalSorter({step.id: [] for step in steps})
    for step in steps:
        sorter.add(step.id, *step.after)
    sorter.prepare()
    order: list[str] = []
    while sorter.is_active():
        ready = sorter.get_ready()
        order += ready
        sorter.done(*ready)
    by_id = {step.id: step for step in steps}
    return [by_id[name] for name in order]


def _until_met(rules: Rules) -> Iterator[Stage]:
    choice = rules.choice
    if rules.shape.of != "pair":
        yield from _until_group_met(rules)
        return
    yield Stage("both", _("Matching"), about=_matching(rules))
    clock = _answering(rules)
    if choice.shape == "one" or choice.mentors_offered == 1:
        yield Stage("mentee", _("Says yes or no to one mentor"), clock)
    else:
        yield Stage("mentee", _("Puts up to %(n)s mentors in order") % {"n": choice.mentors_offered}, clock)
    yield Stage("mentor", _("Says yes or no"), clock, _("Only if the mentee chose them."))
    if rules.shape.kinds:
        yield Stage("both", _("One mentorship of all"), about=_("The first yes begins it; each further mentor joins."))
    yield _introduced(rules)


def _until_group_met(rules: Rules) -> Iterator[Stage]:
    """Yield how a group, or peers, are put together and asked."""
    shape = rules.shape
    if shape.of == "peers":
        most = ngettext("%(n)s at the most together.", "%(n)s at the most together.", shape.members)
        yield Stage("both", _("A coordinator puts groups together"), about=most % {"n": shape.members})
        yield Stage("both", _("Each says yes or no to the others"), _answering(rules))
    else:
        sizes = {"members": shape.members, "mentors": shape.mentors}
        about = _("Up to %(members)s people with up to %(mentors)s mentors.") % sizes
        yield Stage("both", _("A coordinator puts groups together"), about=about)
        yield Stage("mentor", _("Says yes or no to the group"), _answering(rules))
    yield _introduced(rules)


def _answering(rules: Rules) -> str:
    """Say how long there is to answer, and with how many reminders."""
    return _to_answer(rules.choice.days_to_answer, rules.choice.reminders)


def _introduced(rules: Rules) -> Stage:
    met = _days(Due.NOT_MET)
    return Stage(
        "both",
        _("Introduced, and a first meeting"),
        _("after %(n)s days we ask") % {"n": met},
        _suggested(rules, "before_first"),
    )


def _matching(rules: Rules) -> str:
    words = _("The whole cohort at once; each pair with its reasons.")
    if not rules.shape.kinds:
        return words
    titles = "; ".join(kind.title for kind in rules.shape.kinds)
    return _("%(words)s Every mentee gets one mentor of each kind, each kind on its own board: %(titles)s.") % {
        "words": words,
        "titles": titles,
    }


def _working(rules: Rules) -> Iterator[Stage]:
    days = rules.start.cooling_off_days
    cooling = ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}
    yield Stage(
        "both",
        _("Time to sleep on it"),
        cooling,
        _together(_("Then each is asked apart: happy to go on?"), _asked(rules, "start")),
    )
    early = _suggested(rules, "first_meeting", "second_meeting", "agreement")
    aim = rules.meetings
    reminded = ngettext("we remind after %(n)s day", "we remind after %(n)s days", aim.rhythm_days)
    two = rules.shape.of == "pair" and not rules.shape.kinds
    signed = _("Agreement, signed by both") if two else _("Agreement, signed by all")
    yield Stage("both", signed, reminded % {"n": aim.rhythm_days}, early)
    minutes = f"{aim.minutes}–{aim.minutes_to}" if aim.minutes_to else str(aim.minutes)
    words = {"n": aim.expected, "minutes": minutes, "days": aim.rhythm_days}
    yield Stage(
        "both",
        _("About %(n)s meetings of %(minutes)s minutes") % words,
        _("every %(days)s days") % words,
        _together(
            _("Objectives, a plan and messages stay between them."),
            _suggested(rules, "halfway"),
            _asked(rules, "halfway"),
        ),
    )
    pulse = {"days": rules.pulse.rhythm_days}
    yield Stage("both", _("How is it going?"), _("every %(days)s days") % pulse, _("To the coordinators alone."))
    months = rules.length.months
    length = ngettext("after %(n)s month", "after %(n)s months", months) % {"n": months}
    leaving = _("Either may leave earlier at any time, and nobody is blamed.")
    yield Stage(
        "both", _("A planned ending"), length, _together(leaving, _suggested(rules, "ending"), _asked(rules, "ending"))
    )


def _asked(rules: Rules, *times: str) -> str:
    """Name the surveys asked at some times; "" for none."""
    return _named([each.questionnaire for each in rules.surveys if each.when in times], _("Surveys: %(titles)s."))


def _suggested(rules: Rules, *times: str) -> str:
    """Name the exercises suggested at some times; "" for none."""
    keys = [each.questionnaire for each in rules.exercises if each.when in times]
    return _named(keys, _("Suggested then: %(titles)s."))


def _named(keys: Sequence[str], words: str) -> str:
    known = {each.id: each.title for each in newest()}
    titles = ", ".join(f"“{known.get(key, key)}”" for key in keys)
    return words % {"titles": titles} if titles else ""


def _together(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _afterwards(rules: Rules) -> Iterator[Stage]:
    asked = ", ".join(str(months) for months in FOLLOW_UPS)
    later = _asked(rules, "after_3_months", "after_6_months", "after_12_months")
    yield Stage("both", _("What it led to"), _("asked after %(months)s months") % {"months": asked}, later)
    yield Stage("both", _("What they wrote is deleted"), _("%(n)s days after the end") % {"n": rules.kept.inside_days})


def _days(due: Due) -> int:
    """Return after how many days a clock first rings, by the one table of clocks."""
    return next(clock.days for clock in CLOCKS if clock.due == due)
