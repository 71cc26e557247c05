"""What an installation may set, typed; docs/operating.md has a heading for each and a test says so."""

import secrets
import ssl
from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from alongside.kernel import sealing

FOLDER = Path(__file__).resolve().parent.parent


class Environment(BaseSettings):
    """The settings of an installation, each from a variable ``ALONGSIDE_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="ALONGSIDE_", extra="forbid")

    state: Path = Field(FOLDER / "var", description="The folder that holds everything this installation remembers.")
    url: str = Field("http://127.0.0.1:8000", description="The address people reach it at, for links in emails.")
    database_url: str = Field(
        "",
        validation_alias=AliasChoices("DATABASE_URL", "ALONGSIDE_DATABASE_URL"),
        description="postgresql://user:password@host/name; without it, SQLite in the state folder.",
    )
    secret_key: str = Field(
        "", description="Signs sessions and links; without it, one is made and kept in the state folder."
    )
    content_keys: str = Field(
        "",
        description="Seal what is written inside mentorships: base64 keys of 32 bytes, newest first, commas between; "
        "without them, one is made and kept in the state folder.",
    )
    smtp_url: str = Field(
        "",
        description="smtp://user:password@host:587 (STARTTLS) or smtps://…:465; without it emails stay in the outbox.",
    )
    email_from: str = Field("Alongside <hello@alongside.example.org>", description="Who emails come from.")
    inbound_host: str = Field(
        "", description="The address at which the worker takes answers to messages by SMTP; without it, it takes none."
    )
    inbound_port: int = Field(2525, ge=0, le=65535, description="The port at which it takes them.")
    inbound_certificate: Path | None = Field(
        None,
        description="The certificate with its chain, as PEM, with which it takes them over TLS.",
    )
    inbound_key: Path | None = Field(None, description="The key of that certificate, as PEM, without a password.")
    reply_domain: str = Field(
        "",
        description="The domain of the addresses to which messages are answered, such as reply.example.org; "
        "without it, they are answered on the page only.",
    )
    web_processes: int = Field(1, ge=1, le=64, description="How many processes serve the pages; each uses one core.")
    proxies: int = Field(
        0, ge=0, le=5, description="How many proxies of yours every request passes before it gets here."
    )
    open_data_licence: Literal["OGL", "CC-BY"] = Field(
        "OGL", description="Under what licence everybody may use the figures that are published: OGL or CC-BY."
    )
    demonstration: bool = Field(False, description="Show the outbox to everybody and say that the people are invented.")
    debug: bool = Field(False, description="Show errors in the browser; never where real people are.")

    @model_validator(mode="after")
    def _certificate_and_key_fit(self) -> Self:
        """Open the certificate with its key once, so that what does not fit stops the start and says so."""
        if bool(self.inbound_certificate) != bool(self.inbound_key):
            raise ValueError("ALONGSIDE_INBOUND_CERTIFICATE and ALONGSIDE_INBOUND_KEY go together: set both.")
        if self.inbound_certificate and self.inbound_key:
            try:
                ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
                    self.inbound_certificate, self.inbound_key, password=""
                )
            except OSError as trouble:
                raise ValueError(
                    f"ALONGSIDE_INBOUND_CERTIFICATE and ALONGSIDE_INBOUND_KEY cannot be used: {trouble}. Name two PEM "
                    "files that fit each other, which Alongside may read; the key has no password."
                ) from trouble
        return self

    def kept_secret_key(self) -> str:
        """Return the secret key, made on the first start where none was given; the state folder is there afterwards."""
        return self.secret_key or self._kept("secret_key", secrets.token_urlsafe(50))

    def kept_content_keys(self) -> str:
        """Return the keys of what is sealed, one made on the first start where none was given.

        :raises ValueError: if one of those given is not a key.
        """
        keys = self.content_keys or self._kept("content_keys", sealing.written(sealing.new_key()))
        sealing.read(keys)
        return keys

    def _kept(self, name: str, otherwise: str) -> str:
        """Return what a file of the state folder holds, readable by its owner only; made where it is not there."""
        self.state.mkdir(parents=True, exist_ok=True)
        file = self.state / name
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(otherwise)
        return file.read_text()
