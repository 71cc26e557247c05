"""Recognising columns."""

from __future__ import annotations

import json

import pytest

from alongside.sheets import Field, Mapping, SpecialCategory, fingerprint, recognise
from tests.sheets.files import mapping, table


def field_of(header: str, *cells: str) -> Field:
    return (
        mapping(("Ref", header), *[(f"r{n}", cell) for n, cell in enumerate(cells or ("something",))]).columns[1].field
    )


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("Your name", "Jo Smith", Field.NAME),
        ("Enw", "Siân", Field.NAME),
        ("first_name", "Jo", Field.FIRST_NAME),
        ("What's your surname?", "Smith", Field.LAST_NAME),
        ("Your Civil Service email address", "jo@x.org", Field.EMAIL),
        ("E-bost", "jo@x.org", Field.EMAIL),
        ("Your department or agency", "Joy", Field.ORGANISATION),
        ("Name of your business", "Acme", Field.ORGANISATION),
        ("Are you applying as a mentor or a mentee?", "Mentor", Field.ROLE),
        ("Do you want to sign up as a mentor?", "Yes", Field.ROLE),
        ("both mentor and mentee", "no", Field.ROLE),
        ("Your job title or role", "Baker", Field.JOB_TITLE),
        ("Postcode", "LL57 2DG", Field.PLACE),
        ("Where are you based?", "Bangor", Field.PLACE),
        ("How many mentees can you support?", "2", Field.CAPACITY),
        ("Capacity", "2", Field.CAPACITY),
        ("What do you need help with?", "Pricing", Field.NEEDS),
        ("Development areas", "Pricing", Field.NEEDS),
        ("What can you help others with?", "Pricing", Field.EXPERTISE),
        ("Areas of expertise", "Pricing", Field.EXPERTISE),
        ("Business sector", "Retail", Field.SECTOR),
        ("Your grade", "HEO", Field.SENIORITY),
        ("Years of experience", "12", Field.SENIORITY),
        ("When are you available?", "Mondays", Field.AVAILABILITY),
        ("Which languages do you speak?", "Welsh", Field.LANGUAGES),
        ("Would you like to meet online or in person?", "Either", Field.MEETING_MODE),
        ("How far would you travel?", "10 miles", Field.MAX_DISTANCE),
        ("Is there a mentor you have in mind?", "Jo Smith", Field.PREFERS),
        ("Anyone you would rather not be matched with?", "Jo Smith", Field.AVOIDS),
        ("Tell us about yourself", "I bake.", Field.TEXT),
        ("Mobile number", "07700 900123", Field.ATTRIBUTE),
        ("Do you agree to us keeping this?", "Yes", Field.ATTRIBUTE),
        ("Favourite biscuit", "Hobnob", Field.ATTRIBUTE),
        ("Timestamp", "2026-01-01", Field.IGNORE),
        ("Completion time", "2026-01-01", Field.IGNORE),
    ],
)
def test_headers_are_recognised_by_their_words(header: str, cell: str, field: Field) -> None:
    assert field_of(header, cell) is field


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("jo@x.org", "al@x.org"), Field.EMAIL),
        (("LL57 2DG", "SW1A 1AA"), Field.PLACE),
        (("Cardiff", "Leeds", "York"), Field.PLACE),
        (("Mentor", "Mentee", "Both"), Field.ROLE),
        (("Monday mornings", "weekday evenings"), Field.AVAILABILITY),
        (("English, Welsh", "English"), Field.LANGUAGES),
        (("HEO", "Grade 7", "SCS1"), Field.SENIORITY),
        (("I have baked bread for years. " * 6, "We sell hats to people who need hats. " * 5), Field.TEXT),
        (("12", "13"), Field.ATTRIBUTE),
    ],
)
def test_a_column_whose_header_says_nothing_is_known_by_its_cells(cells: tuple[str, ...], field: Field) -> None:
    assert field_of("Q7", *cells) is field


def test_a_header_is_not_believed_against_its_cells() -> None:
    assert field_of("Would you like our email newsletter?", "Yes", "No", "Yes") is Field.ATTRIBUTE
    assert field_of("Can we use your name?", "Yes", "No", "Yes") is Field.ATTRIBUTE


@pytest.mark.parametrize(
    ("header", "cells", "category"),
    [
        ("Do you consider yourself disabled?", ("Yes",), SpecialCategory.HEALTH),
        ("Any access needs?", ("ramp",), SpecialCategory.HEALTH),
        ("Ethnic group", ("Welsh",), SpecialCategory.ETHNICITY),
        ("Religion or belief", ("None",), SpecialCategory.BELIEF),
        ("Party", ("Independent",), SpecialCategory.POLITICS),
        ("Sexual orientation", ("x",), SpecialCategory.SEXUALITY),
        ("Any unspent convictions?", ("No",), SpecialCategory.CRIMINAL_RECORD),
        ("DBS certificate", ("123",), SpecialCategory.CRIMINAL_RECORD),
        ("Trade union member", ("Yes",), SpecialCategory.TRADE_UNION),
        ("Gender", ("Female",), SpecialCategory.CONFIDENTIAL),
        ("Date of birth", ("1980-01-01",), SpecialCategory.CONFIDENTIAL),
        ("Age group", ("25-34",), SpecialCategory.CONFIDENTIAL),
        ("Q9", ("Gay", "Lesbian", "Heterosexual", "Bisexual"), SpecialCategory.SEXUALITY),
        ("Q9", ("Labour", "Plaid Cymru", "Labour"), SpecialCategory.POLITICS),
        ("Q9", ("White British", "Black African"), SpecialCategory.ETHNICITY),
        ("identity to match", ("Gay", "Lesbian", "Transgender"), SpecialCategory.SEXUALITY),
    ],
)
def test_special_categories_are_left_out(header: str, cells: tuple[str, ...], category: SpecialCategory) -> None:
    choice = mapping(("Ref", header), *[(f"r{n}", cell) for n, cell in enumerate(cells)]).columns[1]
    assert (choice.field, choice.special, choice.examples) == (Field.IGNORE, category, ())
    assert "Left out" in choice.why


@pytest.mark.parametrize(
    "header",
    [
        "Sector (e.g. health, retail)",
        "What do you need help with? [Health and wellbeing]",
        "Needs: Mental health of staff",
        "Third party supplier",
        "First name",
    ],
)
def test_a_word_in_an_option_or_an_example_is_no_health_data(header: str) -> None:
    other = header.replace("Health and wellbeing", "Pricing").replace("Mental health of staff", "Pricing")
    other = other if other != header else "Name"
    found = mapping((header, other), ("Yes", "x"), ("", "Yes"))
    assert found.columns[0].special is None


def test_christian_and_green_are_names_where_the_header_says_so() -> None:
    found = mapping(("First name", "Last name"), ("Christian", "Green"), ("Sikh", "White"), ("Hindu", "Black"))
    assert [choice.field for choice in found.columns] == [Field.FIRST_NAME, Field.LAST_NAME]


def test_one_column_for_each_option_in_brackets() -> None:
    found = mapping(("What help do you need? [Pricing]", "What help do you need? [Hiring]"), ("Yes", ""), ("", "x"))
    assert [(choice.field, choice.option) for choice in found.columns] == [
        (Field.NEEDS, "Pricing"),
        (Field.NEEDS, "Hiring"),
    ]


def test_one_column_for_each_option_named_by_itself() -> None:
    found = mapping(("Email?", "Pricing", "Hiring"), ("jo@x.org", "Pricing", ""), ("al@x.org", "Pricing", "Hiring"))
    assert [choice.option for choice in found.columns] == [None, "Pricing", "Hiring"]


def test_one_column_for_each_option_after_a_shared_beginning() -> None:
    headers = (
        "Which topics do you need help with? - Selected Choice - Tax",
        "Which topics do you need help with? - Hiring",
    )
    found = mapping(headers, ("Tax", ""), ("", "Hiring"))
    assert found.columns[0].option == "Tax"


def test_ranked_choices_are_known_by_their_headers() -> None:
    found = mapping(("1st choice", "Second choice", "Priority 3"), ("Tax", "Hiring", "Law"))
    assert [(choice.field, choice.rank) for choice in found.columns] == [(Field.NEEDS, n) for n in (1, 2, 3)]


def test_only_the_surest_column_of_a_kind_is_taken() -> None:
    found = mapping(("Email", "Work email", "Name", "First name", "Last name"), ("", "jo@x.org", "x", "Jo", "Smith"))
    assert [choice.field for choice in found.columns] == [
        Field.ATTRIBUTE,
        Field.EMAIL,
        Field.ATTRIBUTE,
        Field.FIRST_NAME,
        Field.LAST_NAME,
    ]


def test_an_anonymous_form_s_own_columns_give_way_to_its_questions() -> None:
    found = mapping(("Email", "Name", "Your name", "Your email"), *[("anonymous", "anonymous", "Jo", "jo@x.org")] * 2)
    assert [choice.field for choice in found.columns] == [Field.IGNORE, Field.IGNORE, Field.NAME, Field.EMAIL]


def test_every_choice_says_why_and_how_sure() -> None:
    for choice in mapping(("Name", "Email", "x"), ("Jo", "jo@x.org", "?")).columns:
        assert choice.why
        assert 0 < choice.confidence <= 1


def test_a_mapping_survives_json_without_people_s_data() -> None:
    found = mapping(("Name", "Email"), ("Jo", "jo@x.org"))
    text = json.dumps(found.to_dict())
    assert "jo@x.org" not in text
    again = Mapping.from_dict(json.loads(text))
    assert [(one.field, one.header) for one in again.columns] == [(one.field, one.header) for one in found.columns]


@pytest.mark.parametrize("values", [{}, {"columns": 3}, {"columns": [{}], "fingerprint": ""}, {"columns": ["x"]}])
def test_what_is_no_mapping_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Mapping.from_dict(values)


def test_the_fingerprint_is_of_the_headers_alone() -> None:
    one, other = table(("Name", "E-mail"), ("Jo", "j@x.org")), table(("name", "E mail "), ("Al", "a@x.org"))
    assert fingerprint(one) == fingerprint(other) != fingerprint(table(("Name",), ("Jo",)))


def test_a_correction_is_kept_and_remembered_for_the_next_file() -> None:
    first = table(("Who", "Email", "Zone"), ("Jo", "jo@x.org", "3"))
    corrected = recognise(first).with_choice(2, Field.PLACE)
    later = recognise(table(("Email", "ZONE", "New"), ("al@x.org", "4", "y")), remembered=corrected)
    assert [choice.field for choice in later.columns][1] is Field.PLACE
    assert later.columns[1].index == 1


def test_a_correction_of_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(IndexError):
        mapping(("Name",), ("Jo",)).with_choice(9, Field.NAME)
