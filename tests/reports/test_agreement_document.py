import json
from zoneinfo import ZoneInfo

from django.utils import timezone

from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.printing.documents import written
from alongside.reports.agreement_document import agreement_document, agreement_pdf
from tests.agreements.signing import agreed, proposed
from tests.paired import inside, member_in, pair
from tests.world import NOW, World

NASTY = '#panic("x") \\ "quoted" *bold* $x$ 😀 @ref'


def a_pair(world: World) -> Mentorship:
    return pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)


def test_it_holds_the_text_word_for_word_the_signatures_the_version_and_the_fingerprint(world: World) -> None:
    mentorship = a_pair(world)
    with inside(mentorship), timezone.override(ZoneInfo("Europe/Paris")):
        agreement = agreed(member_in(mentorship, world.bea), member_in(mentorship, world.maya), own=NASTY)
        document = agreement_document(agreement)
    data = json.loads(written(document))
    assert data["title"] == "Our mentoring agreement"
    assert data["subtitle"] == "Version 1, signed by all on 9 March 2026"
    assert [NASTY] in [block["lines"] for block in data["blocks"]]
    assert data["facts"][0] == {"term": "Bea Baker", "value": "signed as “Bea Baker”\nMonday 9 March 2026, 10:00 (CET)"}
    assert data["seal"].replace("\n", "").endswith(agreement.fingerprint)
    assert data["language"].startswith("en")


def test_the_pdf_is_made_whatever_they_wrote(world: World) -> None:
    mentorship = a_pair(world)
    with inside(mentorship):
        made = agreement_pdf(proposed(member_in(mentorship, world.bea), own=NASTY), at=NOW)
    assert made.startswith(b"%PDF-")
    for part in (b"/Lang", b"/StructTreeRoot"):
        assert part in made
