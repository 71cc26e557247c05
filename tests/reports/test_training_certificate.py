from alongside.printing.documents import written
from alongside.reports.training_certificate import certificate_of, certificate_pdf
from tests.placed import UNSEEN, school, trained
from tests.world import NOW, World


def test_it_says_who_was_trained_by_whom_in_what_and_until_when(world: World) -> None:
    document = certificate_of(trained(school(world)), at=NOW)
    facts = {fact.term: fact.value for fact in document.facts}
    assert facts["Trained"] == "Vera Volunteer"
    assert facts["By"] == "Mentor School"
    assert facts["Steps passed"] == "The course\nPractice"
    assert (facts["On"], facts["Holds until"]) == ("9 March 2026", "9 March 2028")
    assert facts["Hours of CPD"] == "6"
    assert "Refreshed on" not in facts
    assert UNSEEN not in str(written(document))


def test_it_is_a_pdf_and_the_same_each_time(world: World) -> None:
    volunteer = trained(school(world))
    made = certificate_pdf(volunteer, at=NOW)
    assert made.startswith(b"%PDF")
    assert made == certificate_pdf(volunteer, at=NOW)
