from alongside.people.models import Person


def last_sign_in(email: str) -> str:
    """When the person of an address signed in last, as links to sign in carry it; "" for nobody, or never."""
    person = Person.objects.filter(email=email.strip().lower()).first()
    return person.last_login.isoformat() if person and person.last_login else ""


def shut_out(email: str) -> bool:
    """Whether the person of an address may not sign in."""
    return Person.objects.filter(email=email.strip().lower(), is_active=False).exists()
