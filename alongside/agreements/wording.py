"""What an agreement says: the programme's text, or ours, filled in for one mentorship.

The text that is signed is plain, with few marks (``alongside.printing.marked``). What members write stands in it as
their own words, so that no sign in it is taken for a mark, and is never looked through for names to fill in.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.agreements.models import WORDS, Draft
from alongside.blueprints.rules import Rules
from alongside.kernel.vocabulary import pairs_of, said_in
from alongside.mentorships.models import Member
from alongside.people.models import Person
from alongside.printing.marked import own_words
from alongside.programmes.models import Cohort

TEXTS = Path(__file__).parent / "texts"
OURS = "1"
"""The version of the texts we ship."""


@dataclass(frozen=True)
class Charter:
    """The ethics everyone accepts: its text, and which version of it that is."""

    text: str
    version: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.text)


def canonical(text: str) -> str:
    """Return a text as it is signed: composed signs (NFC), single line ends, no spaces at the ends of lines."""
    lines = normalize("NFC", text).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text as it is signed, in 64 hexadecimal digits."""
    return sha256(canonical(text).encode()).hexdigest()


def charter_of(rules: Rules) -> Charter:
    """Return the charter of a cohort by its rules: its own, called by its fingerprint, or ours."""
    if not rules.agreement.charter.strip():
        return Charter(canonical(_ours("charter", rules)), OURS)
    text = canonical(rules.agreement.charter)
    return Charter(text, f"own-{fingerprint(text)[:8]}")


def text_of(draft: Draft, members: Sequence[Member], cohort: Cohort) -> str:
    """Return what the members of a mentorship would sign as they have filled it in."""
    until = date_format(draft.until, "j F Y") if draft.until else _("a day we have not chosen yet")
    return full_text(cohort, members, draft.words, until=until)


def full_text(cohort: Cohort, members: Sequence[Member], words: Mapping[str, str], *, until: str) -> str:
    """Return what these members would sign.

    What they wrote and the programme's text has no place for stands at its end: nothing of it is ever left out.

    :param words: what they filled in, by the names in ``WORDS``.
    :param until: the day they mean to work together until, in words.
    """
    ours = "agreement-peers" if cohort.rules.shape.of == "peers" else "agreement"
    template = canonical(cohort.rules.agreement.text.strip() or _ours(ours, cohort.rules))
    told = {name: own_words(words.get(name, "")) or own_words(_("Nothing yet.")) for name in WORDS}
    text = _filled(template, {**_facts(cohort, members, until), **told})
    headings = _headings(of_peers=cohort.rules.shape.of == "peers")
    left = [name for name in WORDS if words.get(name, "").strip() and f"{{{name}}}" not in template]
    return canonical("\n\n".join([text, *(f"## {headings[name]}\n\n{told[name]}" for name in left)]))


def in_outline(text: str, rules: Rules) -> str:
    """Return an agreement as it stands before anybody fills it in: with what the rules say, and words for the rest."""
    return _filled(text, {**{name: f"[{words}]" for name, words in _to_fill_in().items()}, **_aims(rules)})


def _to_fill_in() -> dict[str, str]:
    return {
        "members": _("the names of all"),
        "mentees": _("the mentees’ names"),
        "mentors": _("the mentors’ names"),
        "programme": _("the programme"),
        "organisation": _("the organisation"),
        "objective": _("their overall objective"),
        "areas": _("what they want to develop"),
        "meeting": _("where they meet, and how they reach each other"),
        "until": _("the day they mean to work together until"),
        "own": _("what they add in their own words"),
        "contacts": _("whom each can turn to"),
        "safeguarding_lead": _("the safeguarding lead"),
    }


def _aims(rules: Rules) -> dict[str, str]:
    aim = rules.meetings
    return {
        "rhythm": str(aim.rhythm_days),
        "minutes": f"{aim.minutes}–{aim.minutes_to}" if aim.minutes_to else str(aim.minutes),
        "meetings": str(aim.expected),
    }


def same_name(typed: str, name: str) -> bool:
    """Say whether what somebody typed is their name, whatever its case, accents, spaces, dots and hyphens."""
    return bool(_bare(typed)) and _bare(typed) == _bare(name)


def _bare(name: str) -> str:
    return "".join(sign for sign in normalize("NFKD", name).casefold() if sign.isalnum())


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Fill names in braces in, once; a name that we do not know stays as it is."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), template)


def _facts(cohort: Cohort, members: Sequence[Member], until: str) -> dict[str, str]:
    programme = cohort.programme
    lead = programme.safeguarding_lead
    facts = {
        "members": ", ".join(member.participant.person.name for member in members),
        "mentees": ", ".join(member.participant.person.name for member in members if not member.is_mentor),
        "mentors": ", ".join(_mentor(member, cohort) for member in members if member.mentors_others),
        "programme": programme.name,
        "organisation": programme.organisation.name,
        **_aims(cohort.rules),
        "until": until,
        "safeguarding_lead": _called(lead) if lead else _("the safeguarding lead of the programme"),
    }
    return {name: " ".join(value.split()) for name, value in facts.items()} | {"contacts": _contacts(members)}


def _mentor(member: Member, cohort: Cohort) -> str:
    """Name a mentor, and which kind they are, where there are kinds."""
    name, kind = member.participant.person.name, cohort.rules.shape.title_of(member.participant.kind)
    return f"{name} ({kind})" if kind else str(name)


def _contacts(members: Sequence[Member]) -> str:
    named: dict[str, list[str]] = {}
    for member in members:
        if member.participant.key_contact:
            named.setdefault(_called(member.participant.key_contact), []).append(member.participant.person.name)
    lines = [f"- {contact}, {_('for')} {', '.join(names)}" for contact, names in named.items()]
    return "\n".join(lines) or "- " + _("The coordinators of the programme")


def _called(person: Person) -> str:
    return " ".join(f"{person.name} ({person.email})".split())


def _headings(*, of_peers: bool) -> dict[str, str]:
    return {
        "objective": _("Our overall objective"),
        "areas": _("What each wants to develop") if of_peers else _("What the mentee wants to develop"),
        "meeting": _("Where we meet, and how we reach each other"),
        "own": _("In our own words"),
    }


def _ours(name: str, rules: Rules) -> str:
    """Return a text that comes with us in the words of a programme: the same for every reader, as all sign it."""
    with override("en"):  # the language of the text, whatever that of the page is
        return said_in(_text(name), pairs_of(rules.words.said))


@cache
def _text(name: str) -> str:
    return (TEXTS / f"{name}-{OURS}.md").read_text(encoding="utf-8")
