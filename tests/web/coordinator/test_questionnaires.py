"""A coordinator builds a questionnaire: without JavaScript, and nothing that was published changes."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.audit.models import Entry
from alongside.programmes.queries import that_ask
from alongside.questionnaires.actions import begin_questionnaire, publish
from alongside.questionnaires.library import newest
from alongside.questionnaires.models import Published, Questionnaire
from alongside.questionnaires.queries import definition_of, newest_definitions
from tests.queries import queries_of
from tests.questionnaires.everything import EVERYTHING
from tests.world import LEAK, NOW, World, set_rules


def begun(client: Client, world: World, title: str = "How it was") -> Questionnaire:
    client.post("/questionnaires/new/", {"title": title, "organisation": world.harbour.pk})
    found: Questionnaire = Questionnaire.objects.order_by("-pk").first()
    about = {"title": title, "about": "A look back.", "audience": "mentees", "shown": "to_coordinators"}
    client.post(door(found, "about/"), {**about, "at_least": 1, "language": "en", "version": found.version})
    found.refresh_from_db()
    return found


def door(found: Questionnaire, page: str = "") -> str:
    return f"/questionnaires/{found.ref}/{page}"


def add(client: Client, found: Questionnaire, kind: str, after: str = "", **fields: object) -> str:
    """Put an item in, as the page does; return what the page says where it was not kept."""
    found.refresh_from_db()
    url = door(found, f"new-item/?kind={kind}&after={after}")
    response = client.post(url, {**fields, "version": found.version})
    found.refresh_from_db()
    return "" if response.status_code == 302 else response.content.decode()


def ids(found: Questionnaire) -> list[str]:
    found.refresh_from_db()
    return [item["id"] for item in found.draft["items"]]


def do(client: Client, found: Questionnaire, item: str, what: str) -> str:
    found.refresh_from_db()
    sent = {"item": item, "do": what, "version": found.version}
    return client.post(door(found, "arrange/"), sent, follow=True).content.decode()


def test_a_questionnaire_is_built_published_changed_and_published_again(world: World, as_carys: Client) -> None:
    found = begun(as_carys, world)
    assert not add(as_carys, found, "one", text="Did you meet?", options="Yes\nNo", required="on")
    condition = json.dumps(["did-you-meet", "no"])
    assert not add(as_carys, found, "long_text", text="What was in the way?", at_most=500, shown_if=[condition])
    assert not add(
        as_carys,
        found,
        "matrix",
        text="In the last month",
        rows="I had time\nI was in a rush",
        new_scale="Hardly ever\nSometimes\nMostly",
        new_role="Calm",
    )
    as_carys.post(
        door(found, "items/in-the-last-month/"),
        {
            "version": found.version,
            "text": "In the last month",
            "rows": "I had time\nI was in a rush",
            "scale": "mostly",
            "role-i-had-time": "calm",
            "role-i-was-in-a-rush": "calm",
            "reverse-i-was-in-a-rush": "on",
        },
    )
    assert "This becomes version 1" in as_carys.get(door(found, "publish/")).content.decode()
    as_carys.post(door(found, "publish/"))
    first = definition_of(found.key, 1, world.harbour.pk)
    assert [each.id for each in first.questions] == [
        *("did-you-meet", "what-was-in-the-way"),
        *("in-the-last-month.i-had-time", "in-the-last-month.i-was-in-a-rush"),
    ]
    assert first.items[1].shown_if[0].is_in == ("no",)
    assert [(each.scored.role, each.scored.reverse) for each in first.questions if each.scored] == [
        ("calm", False),
        ("calm", True),
    ]
    found.refresh_from_db()
    as_carys.post(
        door(found, "items/did-you-meet/"),
        {"version": found.version, "text": "Have you met?", "options": "Yes, once or more\nNo\nNot yet"},
    )
    page = as_carys.get(door(found, "publish/")).content.decode()
    assert "Changed, item: “Have you met?”" in page
    assert "Answers to version 1 stay with version 1" in page
    as_carys.post(door(found, "publish/"))
    second = definition_of(found.key, 2, world.harbour.pk)
    assert [(each.id, each.label) for each in second.items[0].options] == [
        ("yes", "Yes, once or more"),
        ("no", "No"),
        ("not-yet", "Not yet"),
    ]
    assert definition_of(found.key, 1, world.harbour.pk) == first
    assert first.by_id["did-you-meet"].label("yes") == "Yes"
    assert "Did you meet?" in as_carys.get(door(found, "versions/1/")).content.decode()
    assert "Nothing is different" in as_carys.get(door(found, "publish/")).content.decode()


def test_items_move_and_are_taken_out_and_put_back(world: World, as_carys: Client) -> None:
    found = begun(as_carys, world)
    for text in ("One", "Two", "Three"):
        add(as_carys, found, "section", text=text)
    add(as_carys, found, "section", after="one", text="Between")
    assert ids(found) == ["one", "between", "two", "three"]
    do(as_carys, found, "three", "up")
    do(as_carys, found, "one", "down")
    assert ids(found) == ["between", "one", "three", "two"]
    do(as_carys, found, "between", "up")
    assert ids(found)[0] == "between"
    page = do(as_carys, found, "one", "remove")
    assert ids(found) == ["between", "three", "two"]
    assert "“One” is taken out." in page
    assert f'action="{door(found, "undo/")}"' in page
    as_carys.post(door(found, "undo/"))
    assert ids(found) == ["between", "one", "three", "two"]
    as_carys.post(door(found, "undo/"))
    assert ids(found) == ["between", "one", "three", "two"]


def test_the_second_of_two_windows_is_told_and_loses_nothing(world: World, as_carys: Client) -> None:
    found = begun(as_carys, world)
    add(as_carys, found, "text", text="What do you do?", at_most=100)
    read = found.version
    url = door(found, "items/what-do-you-do/")
    as_carys.post(url, {"version": read, "text": "What is your work?", "at_most": 100})
    second = as_carys.post(url, {"version": read, "text": "What is your trade?", "at_most": 100})
    assert second.status_code == 409
    page = second.content.decode()
    assert "changed in another window" in page
    assert "What is your trade?" in page
    found.refresh_from_db()
    assert found.draft["items"][0]["text"] == "What is your work?"
    assert f'name="version" value="{found.version}"' in page
    do_old = as_carys.post(door(found, "arrange/"), {"item": "what-do-you-do", "do": "remove", "version": read})
    assert do_old.status_code == 302
    assert ids(found) == ["what-do-you-do"]


def test_a_draft_with_faults_is_kept_says_so_at_its_item_and_is_not_published(world: World, as_carys: Client) -> None:
    found = begun(as_carys, world)
    add(as_carys, found, "one", text="Which?", options="This\nThat")
    add(as_carys, found, "text", text="Why?", at_most=10, shown_if=[json.dumps(["which", "this"])])
    do(as_carys, found, "why", "up")
    page = as_carys.get(door(found)).content.decode()
    assert "comes later: move it up" in page
    assert door(found, "items/why/") in page
    as_carys.post(door(found, "publish/"))
    assert not Published.objects.exists()
    assert "Something is still to be put right" in as_carys.get(door(found, "publish/")).content.decode()


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("one", {"text": "Which?", "options": "Only one"}, "two answers or more"),
        ("scale", {"text": "I rest"}, "Choose a scale"),
        ("number", {"text": "How many?", "at_least": "9", "at_most": "3"}, "more than the most"),
        ("number", {"text": "How many?", "at_least": "many"}, "Enter a number"),
        ("date", {"text": "When?", "earliest": "32.13."}, "valid date"),
        ("text", {"text": "", "at_most": 10}, "required"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(
    world: World, as_carys: Client, kind: str, fields: dict[str, object], said: str
) -> None:
    found = begun(as_carys, world)
    page = add(as_carys, found, kind, **fields)
    assert said in page
    assert all(str(value) in page for value in fields.values())
    assert ids(found) == []


def test_every_kind_is_offered_with_an_example_and_its_page_opens(world: World, as_carys: Client) -> None:
    found = begun(as_carys, world)
    page = as_carys.get(door(found, "new-item/")).content.decode()
    kinds = [item.kind for item in EVERYTHING.items]
    for kind in kinds:
        assert f"kind={kind}" in page
        assert as_carys.get(door(found, f"new-item/?kind={kind}")).status_code == 200


def test_an_item_of_every_kind_stays_as_it_is_when_saved_unchanged(world: World, as_carys: Client) -> None:
    draft = EVERYTHING.model_dump(mode="json", by_alias=True, exclude={"id", "version"})
    found = begin_questionnaire(world.harbour, key="all", draft=draft, by=world.carys, at=NOW)
    for item in EVERYTHING.items:
        found.refresh_from_db()
        url = door(found, f"items/{item.id}/")
        form = as_carys.get(url).context["form"]
        sent = {name: form[name].value() for name in form.fields}
        response = as_carys.post(
            url, {key: value for key, value in sent.items() if value is not None and value is not False}
        )
        assert response.status_code == 302, (item.id, response.context["form"].errors)
    found.refresh_from_db()
    assert publish(found, by=world.carys, at=NOW).items == EVERYTHING.items


def test_every_questionnaire_that_comes_with_us_can_be_copied_and_published(world: World, as_carys: Client) -> None:
    for shipped in newest():
        response = as_carys.post("/questionnaires/copy/", {"questionnaire": shipped.id})
        found = Questionnaire.objects.order_by("-pk")[0]
        assert response.headers["Location"] == door(found)
        assert found.key == f"our-{shipped.id}"
        assert as_carys.get(door(found)).status_code == 200
        as_carys.post(door(found, "publish/"))
        assert definition_of(found.key, 1, world.harbour.pk).items == shipped.items


def test_a_file_goes_out_and_comes_in_and_its_faults_are_said_with_their_lines(world: World, as_carys: Client) -> None:
    found = begun(as_carys, world)
    add(as_carys, found, "one", text="Which?", options="This\nThat")
    file = as_carys.get(door(found, "questionnaire.toml")).content
    sent = {"file": SimpleUploadedFile("ours.toml", file), "organisation": world.harbour.pk}
    as_carys.post("/questionnaires/from-file/", sent)
    other = Questionnaire.objects.order_by("-pk")[0]
    assert other.pk != found.pk
    assert [item["id"] for item in other.draft["items"]] == ["which"]
    wrong = file.replace(b'kind = "one"', b'kind = "oen"')
    for broken, said in (
        (wrong, "oen"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"title = ", "This is not TOML"),
        (b'id = "x"\nnothing = 1', "ours.toml, line 2"),
    ):
        sent = {"file": SimpleUploadedFile("ours.toml", broken), "organisation": world.harbour.pk}
        assert said in as_carys.post("/questionnaires/from-file/", sent).content.decode()
    assert Questionnaire.objects.count() == 2


def test_it_is_written_in_another_language_and_what_is_missing_is_counted(world: World, as_carys: Client) -> None:
    found = begun(as_carys, world)
    add(as_carys, found, "one", text="Which?", options="This\nThat")
    url = door(found, "words/?language=cy")
    assert "Which?" in as_carys.get(url).content.decode()
    as_carys.post(url, {"version": found.version, "at-items.which.text": "Pa un?"})
    assert "4 of 5 missing" in as_carys.get(door(found)).content.decode()
    as_carys.post(door(found, "publish/"))
    assert definition_of(found.key, 1, world.harbour.pk).in_language("cy").items[0].text == "Pa un?"


def test_scales_roles_and_groups_are_changed(world: World, as_carys: Client) -> None:
    as_carys.post("/questionnaires/copy/", {"questionnaire": "leadership-360"})
    found = Questionnaire.objects.get()
    scale = "0 = Never\n1 = Seldom\n2 = At times\n3 = Often\n4 = Always"
    as_carys.post(door(found, "scales/seen/"), {"version": found.version, "steps": scale})
    found.refresh_from_db()
    assert found.draft["scales"]["seen"][4] == {"value": 4, "label": "Always"}
    role = {"title": "Direction", "how": "percent", "bands": "0 = Seldom: try one thing\n50 = Often"}
    as_carys.post(door(found, "roles/direction/"), {"version": found.version, **role})
    found.refresh_from_db()
    assert found.draft["roles"][0]["bands"][0] == {"from": 0.0, "title": "Seldom", "feedback": "try one thing"}
    forms = as_carys.get(door(found, "raters/")).context["forms"]
    sent = {f"{form.prefix}-{name}": form[name].value() or "" for form in forms for name in form.fields}
    sent |= {key: str(value) for key, value in forms.management_form.initial.items() for key in (f"group-{key}",)}
    sent |= {"version": found.version, "group-5-title": "Neighbours", "group-5-at_least": "4"}
    as_carys.post(door(found, "raters/"), {key: value for key, value in sent.items() if value is not False})
    found.refresh_from_db()
    assert [each["id"] for each in found.draft["raters"]] == [
        *("oneself", "manager", "colleagues", "led", "partners", "neighbours"),
    ]
    as_carys.post(door(found, "roles/direction/"), {"do": "remove"})
    found.refresh_from_db()
    assert "direction" not in str([role["id"] for role in found.draft["roles"]])
    as_carys.post(door(found, "publish/"))
    assert Published.objects.get().number == 1


def test_the_list_says_where_it_is_asked(world: World, as_carys: Client) -> None:
    found = begun(as_carys, world)
    add(as_carys, found, "section", text="Hello")
    add(as_carys, found, "text", text="Who?", at_most=10)
    as_carys.post(door(found, "publish/"))
    set_rules(world, exercises=[{"questionnaire": found.key, "when": "ending"}])
    for url in ("/questionnaires/", door(found)):
        page = as_carys.get(url).content.decode()
        assert f"First Steps {LEAK}" in page
    assert "published on" in as_carys.get("/questionnaires/").content.decode()


def test_it_takes_no_more_queries_with_three_than_with_one(world: World, as_carys: Client) -> None:
    begun(as_carys, world)
    few = queries_of(as_carys, "/questionnaires/")
    begun(as_carys, world, "Second")
    begun(as_carys, world, "Third")
    assert queries_of(as_carys, "/questionnaires/") == few


def test_what_is_typed_is_shown_as_people_will_see_it_and_nothing_is_kept(world: World, as_carys: Client) -> None:
    found = begun(as_carys, world)
    sent = {"text": "Which?", "options": "This\nThat"}
    page = as_carys.post(door(found, "preview/?kind=one"), sent).content.decode()
    assert page.count('type="radio"') == 2
    assert "as soon as enough" in as_carys.post(door(found, "preview/?kind=one"), {"text": ""}).content.decode()
    assert ids(found) == []
    assert "as soon as enough" in as_carys.post(door(found, "preview/?kind=nothing"), sent).content.decode()


def test_nobody_else_sees_or_changes_it(world: World, as_carys: Client) -> None:
    found = begun(as_carys, world, f"Ours {LEAK}")
    add(as_carys, found, "section", text="Hello")
    for person in (world.olu, world.piotr, world.stella, world.bea.person):
        client = Client()
        client.force_login(person)
        pages = ("", "publish/", "items/hello/", "about/", "questionnaire.toml", "new-item/", "words/", "arrange/")
        for page in pages:
            assert client.get(door(found, page)).status_code == 404
            assert client.post(door(found, page), {"item": "hello", "do": "remove"}).status_code == 404
        assert LEAK not in client.get("/questionnaires/").content.decode()
    assert ids(found) == ["hello"]
    assert Client().get(door(found)).status_code == 302


def test_one_cannot_begin_or_copy_for_another_organisation(world: World, as_carys: Client) -> None:
    page = as_carys.post("/questionnaires/new/", {"title": "Theirs", "organisation": world.elsewhere.pk})
    assert page.status_code == 200
    copied = {"questionnaire": "expectations", "organisation": world.elsewhere.ref}
    assert as_carys.post("/questionnaires/copy/", copied).status_code == 404
    assert as_carys.post("/questionnaires/copy/", {"questionnaire": "nothing"}).status_code == 404
    assert as_carys.get("/questionnaires/copy/").status_code == 404
    assert not Questionnaire.unscoped.exists()


def published(world: World, key: str = "ours") -> Questionnaire:
    """A published questionnaire of Harbour Enterprise, to be exchanged between both sides."""
    draft = definition_of("expectations", 1).model_dump(mode="json", by_alias=True, exclude={"id", "version"})
    found = begin_questionnaire(world.harbour, key=key, draft=draft, by=world.carys, at=NOW)
    publish(found, by=world.carys, at=NOW)
    return found


def test_nobody_new_is_asked_and_it_can_be_taken_back(world: World, as_carys: Client) -> None:
    found = published(world)
    assert "ours" in {each.id for each in newest_definitions(world.harbour.pk)}
    assert "Every answer stays" in as_carys.get(door(found, "retire/")).content.decode()
    found.refresh_from_db()
    assert found.retired_at is None
    page = as_carys.post(door(found, "retire/"), follow=True).content.decode()
    assert "Nobody new is asked this since" in page
    assert "ours" not in {each.id for each in newest_definitions(world.harbour.pk)}
    assert definition_of("ours", 1, world.harbour.pk).title == definition_of("expectations", 1).title
    as_carys.post(door(found, "retire/"))
    assert "It can be asked again." in as_carys.post(door(found, "take-up/"), follow=True).content.decode()
    assert "ours" in {each.id for each in newest_definitions(world.harbour.pk)}
    verbs = Entry.objects.filter(thing_ref=found.ref, verb__in=["retire_questionnaire", "take_up_questionnaire"])
    assert sorted(verbs.values_list("verb", flat=True)) == ["retire_questionnaire", "take_up_questionnaire"]


def test_what_is_still_asked_is_not_retired_and_it_is_said_where(world: World, as_carys: Client) -> None:
    found = published(world)
    set_rules(world, exercises=[{"questionnaire": "ours", "when": "ending"}])
    page = as_carys.post(door(found, "retire/"), follow=True).content.decode()
    assert "It is still asked" in page
    assert world.programme.name in page
    assert world.cohort.name in page
    assert "Every answer stays" not in page
    found.refresh_from_db()
    assert found.retired_at is None
    assert that_ask("ours", world.elsewhere, today=NOW.date()) == []


def test_nobody_else_retires_it(world: World, client: Client) -> None:
    found = published(world)
    for person in (world.olu, world.stella, world.bea.person):
        client.force_login(person)
        for page in ("retire/", "take-up/"):
            assert client.post(door(found, page)).status_code == 404
    found.refresh_from_db()
    assert found.retired_at is None
