"""Reading rows as people."""

from __future__ import annotations

import pytest

from alongside.sheets import Field, PersonRow, interpret, recognise
from tests.sheets.files import people, table


def only(*rows: tuple[str, ...], role: str | None = "mentee") -> PersonRow:
    run = people(*rows, role=role)
    assert len(run.people) == 1
    return run.people[0]


def messages(*rows: tuple[str, ...], role: str | None = "mentee") -> list[str]:
    return [finding.message for finding in people(*rows, role=role).findings]


def test_a_person_is_read_whole() -> None:
    person = only(
        ("Name", "Email", "Organisation", "Role", "Job title", "Postcode", "Capacity", "Needs", "Expertise",
         "Sector", "Grade",
         "Availability", "Languages", "Online or in person?", "How far (miles)?", "Preferred mentor",
         "Not to be matched with", "About you", "Phone"),
        ("Jones, Siân", "Sian@Example.org", "Becws Bala", "Both", "Owner", "LL23 7AB", "2", "Pricing; Hiring",
         "Baking", "Food",
         "SEO", "Monday mornings", "Welsh, English", "Either", "10", "Jo Smith", "Al Jones",
         "I bake.", "07700"),
    )  # fmt: skip
    assert person.position is not None
    assert person == PersonRow(
        row=2,
        name="Siân Jones",
        email="sian@example.org",
        organisation="Becws Bala",
        roles=("mentor", "mentee"),
        job_title="Owner",
        place="Bala, LL23",
        position=person.position,
        capacity=2,
        needs=(("Pricing", 1.0), ("Hiring", 1.0)),
        expertise=(("Baking", 1.0),),
        sector="Food",
        seniority=4,
        availability=("mon-am",),
        languages=("Welsh", "English"),
        remote=True,
        max_km=16.1,
        prefers=("Jo Smith",),
        avoids=("Al Jones",),
        text="I bake.",
        attributes=(("Phone", "07700"),),
    )


def test_a_wrong_address_is_named_by_row_column_and_value_with_what_would_be_right() -> None:
    rows = [("Name", "Ref", "Email")] + [(f"P{n}", "", f"p{n}@x.org") for n in range(12)] + [("Jo", "", "jo@@example")]
    assert messages(*rows) == [
        "Row 14, column C “Email”: “jo@@example” is not an email address. Write it like jo@example.org."
    ]


def test_row_numbers_in_messages_are_the_spreadsheet_s() -> None:
    run = people(("My list",), (), ("Name", "Email"), (), ("Jo", "nope"))
    assert [finding.row for finding in run.findings] == [5]


def test_a_missing_address_or_name_stops_the_row_and_no_other() -> None:
    run = people(("Name", "Email"), ("Jo", ""), ("", "al@x.org"), ("Bo", "bo@x.org"))
    assert run.stopped_rows == {2, 3}
    assert [person.name for person in run.ready] == ["Bo"]


def test_the_same_address_twice_names_both_rows() -> None:
    run = people(("Name", "Email"), ("Jo", "jo@x.org"), ("Al", "al@x.org"), ("Jo S", "JO@x.org"))
    assert [(finding.row, finding.severity) for finding in run.findings] == [(4, "stops")]
    assert "Rows 2 and 4" in run.findings[0].message


def test_one_person_as_mentor_and_as_mentee_is_only_worth_a_look() -> None:
    run = people(("Name", "Email", "Role"), ("Jo", "jo@x.org", "Mentor"), ("Jo", "jo@x.org", "Mentee"))
    assert [(finding.code, finding.severity) for finding in run.findings] == [("both_roles", "worth_a_look")]


def test_a_row_without_a_role_takes_the_file_s_or_is_stopped() -> None:
    assert only(("Name", "Email"), ("Jo", "jo@x.org"), role="mentor").roles == ("mentor",)
    assert people(("Name", "Email"), ("Jo", "jo@x.org"), role=None).stopped_rows == {2}


def test_headers_with_ghost_rows_say_there_is_nobody() -> None:
    run = people(("Name", "Email"), *[("", "")] * 47)
    assert run.people == ()
    assert [(finding.code, finding.severity) for finding in run.findings] == [("no_people", "stops")]
    assert "no people" in run.findings[0].message


def test_a_total_at_the_end_is_no_person() -> None:
    run = people(("Name", "Email", "Hours"), ("Jo", "jo@x.org", "3"), ("Total", "", "3"))
    assert [person.name for person in run.people] == ["Jo"]
    assert run.findings[0].code == "total_row"


def test_first_and_last_names_are_joined() -> None:
    assert only(("First name", "Surname", "Email"), ("Jo", "Smith", "jo@x.org")).name == "Jo Smith"


def test_ranked_columns_become_weights() -> None:
    person = only(("Name", "Email", "1st choice", "2nd choice"), ("Jo", "jo@x.org", "Pricing", "Hiring, Tax"))
    assert person.needs == (("Pricing", 1.0), ("Hiring", 0.8), ("Tax", 0.8))


def test_options_in_columns_of_their_own_become_labels() -> None:
    person = only(
        (
            "Name",
            "Email",
            "What do you need? [Pricing]",
            "What do you need? [Hiring]",
            "What do you need? [Tax]",
        ),
        ("Jo", "jo@x.org", "Yes", "", "x"),
    )
    assert person.needs == (("Pricing", 1.0), ("Tax", 1.0))


def test_ranks_in_option_columns_become_weights() -> None:
    rows = [
        ("Name", "Email", "Needs: Pricing", "Needs: Hiring"),
        ("Jo", "jo@x.org", "2", "1"),
        ("Al", "al@x.org", "1", "2"),
    ]
    assert people(*rows).people[0].needs == (("Hiring", 1.0), ("Pricing", 0.8))


def test_a_grid_of_days_and_times_becomes_slots() -> None:
    person = only(
        ("Name", "Email", "When are you free? [Monday]", "When are you free? [Tuesday]"),
        ("Jo", "jo@x.org", "Morning, Evening", "Afternoon"),
    )
    assert person.availability == ("mon-am", "mon-eve", "tue-pm")


def test_ticked_slots_become_slots() -> None:
    rows = [
        ("Name", "Email", "Availability [Monday morning]", "Availability [Friday]"),
        ("Jo", "jo@x.org", "x", ""),
    ]
    assert people(*rows).people[0].availability == ("mon-am",)


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("LL57 2DG", "Bangor, LL57"),
        ("12 High Street, Ludlow SY8 1AA", "Shrewsbury, SY8"),
        ("Cardiff", "Cardiff"),
    ],
)
def test_no_more_than_a_town_and_half_a_postcode_is_kept(cell: str, place: str) -> None:
    assert only(("Name", "Email", "Address"), ("Jo", "jo@x.org", cell)).place == place


def test_a_town_and_a_postcode_in_two_columns_are_one_place() -> None:
    assert only(("Name", "Email", "Town", "Postcode"), ("Jo", "jo@x.org", "Ludlow", "SY8 1AA")).place == "Ludlow, SY8"


def test_an_unknown_place_is_asked_about_and_an_unknown_address_is_not_kept() -> None:
    rows = (("Name", "Email", "Town"), ("Jo", "jo@x.org", "Narnia"))
    assert only(*rows).place == "Narnia"
    assert "“Narnia” is not a place we know" in messages(*rows)[0]
    assert only(("Name", "Email", "Address"), ("Jo", "jo@x.org", "3 Lamp Post Lane, Narnia")).place == ""


def test_special_columns_stay_out_unless_taken_in_on_purpose() -> None:
    found = table(("Name", "Email", "Ethnicity", "Party"), ("Jo", "jo@x.org", "Welsh", "Plaid Cymru"))
    mapping = recognise(found)
    assert interpret(found, mapping, default_role="mentee").people[0].attributes == ()
    taken = interpret(found, mapping, default_role="mentee", accept_special=frozenset({3}))
    assert taken.people[0].attributes == (("Party", "Plaid Cymru"),)


def test_a_special_column_chosen_for_a_field_still_needs_to_be_accepted() -> None:
    found = table(("Name", "Email", "Party"), ("Jo", "jo@x.org", "Plaid Cymru"))
    chosen = recognise(found).with_choice(2, Field.SECTOR)
    assert interpret(found, chosen, default_role="mentee").people[0].sector == ""
    assert (
        interpret(found, chosen, default_role="mentee", accept_special=frozenset({2})).people[0].sector == "Plaid Cymru"
    )


def test_a_mapping_of_another_table_does_no_harm() -> None:
    wide = recognise(table(("Name", "Email", "Needs", "About you"), ("Jo", "jo@x.org", "Tax", "I bake.")))
    run = interpret(table(("Name", "Email"), ("Jo", "jo@x.org")), wide, default_role="mentee")
    assert [person.email for person in run.ready] == ["jo@x.org"]


def test_a_consent_that_is_refused_is_pointed_out() -> None:
    assert "says no" in messages(("Name", "Email", "Do you agree to us using this?"), ("Jo", "jo@x.org", "No"))[0]


def test_free_text_is_kept_and_pointed_out_once() -> None:
    run = people(("Name", "Email", "About you"), ("Jo", "jo@x.org", "I bake."), ("Al", "al@x.org", "I sing."))
    assert [person.text for person in run.people] == ["I bake.", "I sing."]
    assert [finding.code for finding in run.findings] == ["free_text"]


def test_people_to_prefer_and_avoid_are_names_or_addresses() -> None:
    person = only(
        ("Name", "Email", "Preferred mentor", "Do not match with"),
        ("Jo", "jo@x.org", "Al Jones and Bo Li; Cy", "Al <al@x.org>, bo@x.org"),
    )
    assert person.prefers == ("Al Jones", "Bo Li", "Cy")
    assert person.avoids == ("al@x.org", "bo@x.org")


def test_a_formula_in_a_cell_stays_text() -> None:
    person = only(("Name", "Email", "Needs"), ("=1+1", "jo@x.org", "=cmd|' /C calc'!A0"))
    assert (person.name, person.needs[0][0]) == ("=1+1", "=cmd|' /C calc'!A0")


def test_the_apostrophe_our_own_exports_write_is_taken_off_again() -> None:
    assert only(("Name", "Email", "Phone"), ("Jo", "jo@x.org", "'+44 7700")).attributes == (("Phone", "+44 7700"),)


def test_progress_is_told_from_none_to_all() -> None:
    found = table(("Name", "Email"), *[(f"P{n}", f"p{n}@x.org") for n in range(1200)])
    told: list[tuple[int, int]] = []
    interpret(found, recognise(found), default_role="mentee", progress=lambda done, of: told.append((done, of)))
    assert told[0] == (0, 1200)
    assert told[-1] == (1200, 1200)


def test_a_long_job_can_be_stopped_by_its_progress() -> None:
    found = table(("Name", "Email"), ("Jo", "jo@x.org"))

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interpret(found, recognise(found), default_role="mentee", progress=stop)


def of_kinds(*rows: tuple[str, ...], kinds: dict[str, str] | None = None) -> tuple[list[str], list[str]]:
    """Return the kind of each mentor of a table, and what there is to say."""
    found = table(*rows)
    named = {"cllr": "experienced councillor", "officer": "officer"} if kinds is None else kinds
    run = interpret(found, recognise(found), default_role="mentor", kinds=named)
    return [each.kind for each in run.people], [each.message for each in run.findings if each.severity == "stops"]


@pytest.mark.parametrize("heading", ["Kind", "Kind of mentor", "kind of mentor:", "Type of mentor", "Mentor kind"])
def test_a_kind_of_mentor_is_known_by_its_id_or_title(heading: str) -> None:
    rows = [
        ("Name", "Email", heading),
        ("Jo", "jo@x.org", "Officer"),
        ("Al", "al@x.org", "CLLR"),
        ("Di", "di@x.org", ""),
    ]
    assert of_kinds(*rows) == (["officer", "cllr", ""], [])


def test_what_is_no_kind_is_refused_with_what_would_be_right() -> None:
    _, said = of_kinds(("Name", "Email", "Kind"), ("Jo", "jo@x.org", "duke"))
    assert said == [
        "Row 2, column C “Kind”: “duke” is no kind of mentor here. Write “experienced councillor” or “officer”."
    ]


def test_where_there_are_no_kinds_such_a_column_is_kept_as_it_is() -> None:
    found = table(("Name", "Email", "Kind"), ("Jo", "jo@x.org", "duke"))
    run = interpret(found, recognise(found), default_role="mentor")
    assert (run.people[0].attributes, run.people[0].kind, run.stopped_rows) == ((("Kind", "duke"),), "", frozenset())
