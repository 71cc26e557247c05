"""The colour and the logo of a programme on the pages and in the letters of its people, and nowhere else."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.datafiles.checking import FaultsFound
from alongside.files.pictures import LARGEST, data_address, picture_refused
from alongside.kernel.colours import DARK, PAPER, READABLE, contrast
from alongside.matching.answer_links import offer_token
from alongside.notifications.models import Email
from tests.asked import offer
from tests.web.coordinator.test_speech import FILLED, address
from tests.world import World, set_rules

GREEN = "#2f6f62"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
LOGO = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def test_a_coordinator_gives_a_programme_its_colour_and_its_logo_and_takes_them_away(
    world: World, as_carys: Client
) -> None:
    sent = {**FILLED, "colour": "#2F6F62", "logo": SimpleUploadedFile("logo.png", PNG)}
    assert as_carys.post(address(world), sent).status_code == 302
    world.programme.refresh_from_db()
    assert (world.programme.rules.look.colour, world.programme.rules.look.logo) == (GREEN, LOGO)
    assert LOGO in as_carys.get(address(world)).content.decode()
    as_carys.post(address(world), {**FILLED, "colour": GREEN})
    world.programme.refresh_from_db()
    assert world.programme.rules.look.logo == LOGO, "what is not chosen anew stays"
    as_carys.post(address(world), {**FILLED, "no_logo": "on"})
    world.programme.refresh_from_db()
    assert (world.programme.rules.look.colour, world.programme.rules.look.logo) == ("", "")


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"colour": "green"}, "colour", "like #2f6f62"),
        ({"colour": "#ffee88"}, "colour", "too light to be read. Take a darker one, such as #"),
        ({"logo": b"GIF89a"}, "logo", "This is no picture that every browser shows"),
        ({"logo": PNG + b"0" * LARGEST}, "logo", "up to 30 KB"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(
    world: World, as_carys: Client, typed: dict[str, str | bytes], field: str, said: str
) -> None:
    sent = {
        name: SimpleUploadedFile("x", value) if isinstance(value, bytes) else value for name, value in typed.items()
    }
    page = as_carys.post(address(world), {**FILLED, **sent})
    assert said in str(page.context["form"].errors[field])
    world.programme.refresh_from_db()
    assert world.programme.rules.look.colour == ""


def test_pages_and_letters_of_its_people_have_its_colour_and_others_do_not(world: World, client: Client) -> None:
    made = offer(world.bea, world.maya)
    plain = client.get(f"/choose/{offer_token(made)}/").content.decode()
    assert "/look/" not in plain
    set_rules(world, look={"colour": GREEN, "logo": LOGO})
    page = client.get(f"/choose/{offer_token(made)}/").content.decode()
    assert 'href="/look/2f6f62.css"' in page
    assert LOGO in page
    offer(world.mentees[1], world.nia)
    first, second = Email.objects.filter(kind="mentee_offer").order_by("pk")
    assert GREEN not in first.html
    assert GREEN in second.html
    assert "/look/" not in client.get("/").content.decode()


def test_a_rule_that_cannot_be_read_is_refused(world: World) -> None:
    with pytest.raises(FaultsFound, match="cannot be read"):
        set_rules(world, look={"logo": "data:image/png;base64,???"})


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"{number:06x}"))
def test_the_stylesheet_of_any_colour_can_be_read_in_the_light_and_in_the_dark(colour: str) -> None:
    sheet = Client().get(reverse("look", args=[colour]))
    assert sheet.headers["Content-Type"] == "text/css"
    light, dark = (line.split("--step: ")[1][:7] for line in sheet.content.decode().splitlines()[1:3])
    assert contrast(light, PAPER) >= READABLE
    assert contrast(dark, DARK) >= READABLE


@pytest.mark.parametrize("colour", ["2f6f6", "2f6f62aa", "}body{", "zzzzzz"])
def test_what_is_no_colour_is_no_stylesheet(client: Client, colour: str) -> None:
    assert client.get(f"/look/{colour}.css").status_code == 404


@given(st.binary(max_size=60))
def test_whatever_is_handed_in_is_a_picture_or_refused(content: bytes) -> None:
    address = data_address(content)
    assert not address or not picture_refused(address)
