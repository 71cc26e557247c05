import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.sealing import CannotOpen, KeyRing, new_key, read, seal, unseal, written


@given(st.binary(max_size=2000), st.text(max_size=30))
def test_what_is_sealed_opens_with_its_key_and_says_nothing_before(words: bytes, about: str) -> None:
    key = new_key()
    sealed = seal(key, words, about=about)
    assert unseal(key, sealed, about=about) == words
    if len(words) > 8:
        assert words not in sealed


def test_the_same_words_never_look_the_same_twice() -> None:
    key = new_key()
    assert seal(key, b"yes", about="an answer") != seal(key, b"yes", about="an answer")


def test_it_stays_shut_for_another_key_another_thing_and_when_it_was_changed() -> None:
    key = new_key()
    sealed = seal(key, b"between us", about="note a")
    for other, thing, about in (
        (new_key(), sealed, "note a"),
        (key, sealed, "note b"),
        (key, sealed[:-1] + bytes([sealed[-1] ^ 1]), "note a"),
        (key, b"", "note a"),
    ):
        with pytest.raises(CannotOpen):
            unseal(other, thing, about=about)


def test_a_ring_seals_with_the_newest_key_and_opens_what_an_older_one_sealed() -> None:
    old, new, inner = new_key(), new_key(), new_key()
    wrapped = KeyRing([old]).wrap(inner, about="mentorship x")
    ring = KeyRing([new, old])
    assert ring.unwrap(wrapped, about="mentorship x") == inner
    assert not ring.is_newest(wrapped)
    assert ring.is_newest(ring.wrap(inner, about="mentorship x"))
    with pytest.raises(CannotOpen):
        KeyRing([new]).unwrap(wrapped, about="mentorship x")


@pytest.mark.parametrize("words", ["no base64!", "c2hvcnQ=", "c2hvcnQ=,x"])
def test_a_key_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="ALONGSIDE_CONTENT_KEYS"):
        read(words)


def test_keys_are_read_as_they_are_written() -> None:
    keys = [new_key(), new_key()]
    assert read(", ".join(map(written, keys))) == keys
    with pytest.raises(ValueError, match="one key or more"):
        KeyRing([])
