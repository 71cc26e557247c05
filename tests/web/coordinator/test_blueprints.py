from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.blueprints import library
from alongside.blueprints.blueprint import Blueprint, BlueprintFile
from alongside.blueprints.reading import read
from alongside.blueprints.writing import unzipped, zipped
from alongside.kernel import scope
from alongside.programmes.actions import change_rules
from alongside.programmes.models import Cohort, Programme
from alongside.questionnaires.models import Published
from tests.blueprints.test_reading import FILES
from tests.world import LEAK, NOW, World

SMALL = read(FILES, "small")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Blueprint]]:
    """One blueprint beside those that come with us."""
    found = {**library.shipped(), "small": SMALL}
    for module in ("alongside.blueprints.library", "alongside.web.coordinator.programmes.blueprints"):
        monkeypatch.setattr(f"{module}.shipped", lambda: found)
    monkeypatch.setattr("alongside.reports.newer_blueprint.shipped", lambda: found)
    return found  # type: ignore[return-value]


def started(world: World, client: Client) -> Programme:
    client.post(reverse("start_programme", args=["small"]), {"name": "Ours", "organisation": world.harbour.pk})
    return Programme.unscoped.get(name="Ours")


def test_a_programme_is_started_from_a_blueprint_that_was_read_first(
    world: World, as_carys: Client, small: dict[str, Blueprint]
) -> None:
    assert "A small one." in as_carys.get(reverse("new_programme")).content.decode()
    page = as_carys.get(reverse("start_programme", args=["small"])).content.decode()
    for said in ("We have talked", "Induction", "About 6 meetings of 90 minutes", "Small form", "We are kind."):
        assert said in page
    programme = started(world, as_carys)
    assert (programme.organisation, programme.blueprint, programme.rules) == (world.harbour, "small@2", SMALL.rules)
    with scope.within(world.harbour_scope):
        assert [(each.key, each.number) for each in Published.objects.all()] == [("small-form", 1)]


def test_every_blueprint_that_comes_with_us_can_be_read_drawn_and_started(world: World, as_carys: Client) -> None:
    for name, blueprint in library.shipped().items():
        url = reverse("start_programme", args=[name])
        assert blueprint.file.title in as_carys.get(url).content.decode()
        answer = as_carys.post(url, {"name": f"A {name}", "organisation": world.harbour.pk})
        assert answer.status_code == 302
        assert Programme.unscoped.get(name=f"A {name}").blueprint == blueprint.name


def test_a_programme_cannot_be_started_for_another_organisation_nor_twice_under_one_name(
    world: World, as_carys: Client, small: dict[str, Blueprint]
) -> None:
    url = reverse("start_programme", args=["small"])
    as_carys.post(url, {"name": "Theirs", "organisation": world.elsewhere.pk})
    assert not Programme.unscoped.filter(name="Theirs").exists()
    again = as_carys.post(url, {"name": world.programme.name, "organisation": world.harbour.pk}).content.decode()
    assert "You have a programme of this name already" in again
    assert as_carys.get(reverse("start_programme", args=["nothing"])).status_code == 404


def test_a_programme_travels_as_a_file_to_another_organisation(
    world: World, as_carys: Client, as_olu: Client, small: dict[str, Blueprint]
) -> None:
    programme = started(world, as_carys)
    answer = as_carys.get(reverse("take_programme_along", args=[programme.ref]))
    content = answer.content
    assert "attachment" in answer["Content-Disposition"]
    file = SimpleUploadedFile("ours.zip", content, "application/zip")
    data = {"file": file, "name": "", "organisation": world.elsewhere.pk}
    assert as_olu.post(reverse("programme_from_file"), data).status_code == 302
    theirs = Programme.unscoped.get(organisation=world.elsewhere, name="Ours")
    assert theirs.rules == programme.rules
    assert LEAK not in "".join(
        ZipFile(BytesIO(content)).read(name).decode() for name in ZipFile(BytesIO(content)).namelist()
    )


def test_a_wrong_file_starts_nothing_and_says_what_to_mend(world: World, as_carys: Client) -> None:
    before = Programme.unscoped.count()
    wrong = {**FILES, "blueprint.toml": FILES["blueprint.toml"].replace("expected = 6", "expectd = 6")}
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for path, text in wrong.items():
            archive.writestr(path, text)
    for content, said in (
        (made.getvalue(), "small/blueprint.toml, line 7: “expectd” means nothing here. Did you mean “expected”?"),
        (b"no zip", "This is not the file of a blueprint"),
    ):
        data = {"file": SimpleUploadedFile("small.zip", content), "organisation": world.harbour.pk}
        answer = as_carys.post(reverse("programme_from_file"), data)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert Programme.unscoped.count() == before


def test_what_is_newer_in_a_blueprint_is_taken_on_thing_by_thing_and_by_no_cohort_unasked(
    world: World, as_carys: Client, small: dict[str, Blueprint]
) -> None:
    programme = started(world, as_carys)
    as_carys.post(reverse("new_cohort", args=[programme.ref]), {"name": "First", "starts_on": "2027-01-15"})
    with scope.within(world.harbour_scope):
        own = programme.rules.changed({"length": {"months": 5}})
        change_rules(programme, own, cohorts=[], by=world.carys, at=NOW)
    assert (
        "The blueprint has changed" not in as_carys.get(reverse("how_it_runs", args=[programme.ref])).content.decode()
    )
    rules = SMALL.rules.changed({"meetings": {"expected": 8}, "length": {"months": 18}, "choice": {"reminders": 1}})
    newer = BlueprintFile.model_validate({**SMALL.file.model_dump(by_alias=True), **rules.table, "version": 3})
    small["small"] = replace(SMALL, file=newer)
    how = reverse("how_it_runs", args=[programme.ref])
    assert "The blueprint has changed" in as_carys.get(how).content.decode()
    url = reverse("follow_blueprint", args=[programme.ref])
    form = as_carys.get(url).context["form"]
    told = {row["name"]: (row["now"], row["new"], row["own"]) for row in form.rows}
    assert told == {
        "How many meetings": ("6", "8", False),
        "Months planned for": ("5", "18", True),
        "Reminders before that": ("2", "1", False),
    }
    meetings = next(place for place, each in form.by_place.items() if each.difference.path[0] == "meetings")
    as_carys.post(url, {"changes": [meetings]})
    programme.refresh_from_db()
    assert programme.blueprint == "small@3"
    rules = programme.rules
    assert (rules.meetings.expected, rules.length.months, rules.choice.reminders) == (8, 5, 2)
    with scope.within(world.harbour_scope):
        assert Cohort.objects.get(programme=programme).rules.meetings.expected == 6
    assert as_carys.get(url).status_code == 302


def test_what_a_programme_changed_for_itself_stays_its_own_from_version_to_version(
    world: World, as_carys: Client, small: dict[str, Blueprint]
) -> None:
    programme, url = started(world, as_carys), ""
    with scope.within(world.harbour_scope):
        own = programme.rules.changed({"length": {"months": 5}})
        change_rules(programme, own, cohorts=[], by=world.carys, at=NOW)
    url = reverse("follow_blueprint", args=[programme.ref])
    for version, expected in ((3, 8), (4, 10)):
        rules = SMALL.rules.changed({"meetings": {"expected": expected}})
        newer = BlueprintFile.model_validate(
            {**SMALL.file.model_dump(by_alias=True), **rules.table, "version": version}
        )
        small["small"] = replace(SMALL, file=newer)
        form = as_carys.get(url).context["form"]
        assert [(row["name"], row["now"]) for row in form.rows] == [("How many meetings", str(expected - 2))]
        as_carys.post(url, {"changes": form.initial["changes"]})
    programme.refresh_from_db()
    assert (programme.rules.meetings.expected, programme.rules.length.months) == (10, 5)


def test_a_newer_version_that_says_the_same_asks_for_nothing(
    world: World, as_carys: Client, small: dict[str, Blueprint]
) -> None:
    programme = started(world, as_carys)
    newer = BlueprintFile.model_validate({**SMALL.file.model_dump(by_alias=True), "version": 3})
    small["small"] = replace(SMALL, file=newer)
    assert (
        "The blueprint has changed" not in as_carys.get(reverse("how_it_runs", args=[programme.ref])).content.decode()
    )


def test_a_programme_called_as_a_blueprint_of_ours_does_not_pass_for_it(world: World, as_carys: Client) -> None:
    as_carys.post(reverse("start_programme", args=["wementor"]), {"name": "WeMentor", "organisation": world.harbour.pk})
    programme = Programme.unscoped.get(name="WeMentor")
    answer = as_carys.get(reverse("take_programme_along", args=[programme.ref]))
    assert unzipped(answer.content, "x.zip").id == "wementor-own"


def test_strangers_find_no_way_to_anothers_programme(world: World, as_olu: Client) -> None:
    for name in ("how_it_runs", "take_programme_along", "follow_blueprint"):
        assert as_olu.get(reverse(name, args=[world.programme.ref])).status_code == 404


def test_a_file_that_was_taken_along_is_the_same_programme(world: World, as_carys: Client) -> None:
    assert world.programme.rules.table
    assert world.programme.rules.settings  # what was worked out of the rules before does not travel
    answer = as_carys.get(reverse("take_programme_along", args=[world.programme.ref]))
    found = unzipped(answer.content, "x.zip")
    world.programme.refresh_from_db()
    assert found.rules == world.programme.rules
    assert zipped(found)
