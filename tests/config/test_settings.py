from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.conf import LazySettings
from django.test import Client, RequestFactory

from alongside.commands import serving

READ = """
import json
from config import settings
names = "ALLAUTH_TRUSTED_PROXY_COUNT SECURE_PROXY_SSL_HEADER SECURE_HSTS_SECONDS SESSION_COOKIE_SECURE".split()
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def settings_under(tmp_path: os.PathLike[str], **variables: str) -> dict[str, Any]:
    environment = {**os.environ, "ALONGSIDE_STATE": str(tmp_path), **variables}
    done = subprocess.run([sys.executable, "-c", READ], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_an_installation_without_https_promises_none_and_believes_no_proxy(tmp_path: os.PathLike[str]) -> None:
    found = settings_under(tmp_path, ALONGSIDE_URL="http://127.0.0.1:8000")
    assert list(found.values()) == [0, None, 0, False]


def test_an_installation_behind_a_proxy_believes_that_one(tmp_path: os.PathLike[str]) -> None:
    found = settings_under(tmp_path, ALONGSIDE_URL="https://mentoring.example.org", ALONGSIDE_PROXIES="1")
    assert list(found.values()) == [1, ["HTTP_X_FORWARDED_PROTO", "https"], 31_536_000, True]


def test_a_number_of_proxies_that_cannot_be_stops_the_start(tmp_path: os.PathLike[str]) -> None:
    with pytest.raises(AssertionError, match="proxies"):
        settings_under(tmp_path, ALONGSIDE_PROXIES="-1")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ALONGSIDE_INBOUND_CERTIFICATE": "certificate.pem"}, "go together"),
        ({"ALONGSIDE_INBOUND_KEY": "key.pem"}, "go together"),
        ({"ALONGSIDE_INBOUND_CERTIFICATE": "/no.pem", "ALONGSIDE_INBOUND_KEY": "/no.pem"}, "cannot be used"),
    ],
)
def test_a_certificate_without_its_key_or_that_is_not_there_stops_the_start(
    tmp_path: os.PathLike[str], given: dict[str, str], said: str
) -> None:
    with pytest.raises(AssertionError, match=said):
        settings_under(tmp_path, **given)


@pytest.mark.django_db
def test_browsers_behind_the_proxy_are_told_to_stay_with_https(settings: LazySettings) -> None:
    settings.SECURE_PROXY_SSL_HEADER, settings.SECURE_HSTS_SECONDS = ("HTTP_X_FORWARDED_PROTO", "https"), 31_536_000
    assert Client().get("/", headers={"x-forwarded-proto": "https"})["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in Client().get("/")


def test_nobody_makes_up_an_address_but_a_proxy_of_ours(settings: LazySettings) -> None:
    asked = RequestFactory().get("/", headers={"x-forwarded-for": "198.51.100.7, 203.0.113.9"}, REMOTE_ADDR="192.0.2.1")
    assert get_client_ip(asked) == "192.0.2.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert get_client_ip(asked) == "203.0.113.9"


def test_what_every_process_of_the_web_has_loaded_is_left_alone_by_the_collector(tmp_path: os.PathLike[str]) -> None:
    count = "import config.wsgi, gc; print(gc.get_freeze_count())"
    environment = {**os.environ, "ALONGSIDE_STATE": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", count], env=environment, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 100_000


def test_the_web_is_served_in_as_many_processes_as_are_set(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[int] = []

    class Server:
        def __init__(self, *given: object, workers: int, **named: object) -> None:
            served.append(workers)

        def serve(self) -> None:
            return

    monkeypatch.setattr("granian.server.Server", Server)
    settings.WEB_PROCESSES = 3
    serving._serve_web("127.0.0.1", 8000)
    assert served == [3]


def test_who_tries_to_sign_in_is_counted_by_all_processes_together(tmp_path: os.PathLike[str]) -> None:
    count = "import django; django.setup(); from django.core.cache import cache as c; c.add('n', 0); print(c.incr('n'))"
    environment = {**os.environ, "ALONGSIDE_STATE": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    run = [sys.executable, "-c", count]
    assert [subprocess.check_output(run, env=environment, text=True).strip() for _ in range(2)] == ["1", "2"]
