from alongside import engine
from alongside.matching.markets import market_of


def problem(longitude: float) -> engine.Problem:
    position = engine.Position(51.5, longitude)
    return engine.Problem((engine.Person("bea", position=position),), (engine.Person("maya"),))


def test_people_with_the_same_hash_are_told_apart() -> None:
    assert hash(problem(-1.0).mentees) == hash(problem(-2.0).mentees)
    market_of(problem(-1.0))
    assert market_of(problem(-2.0)).problem == problem(-2.0)


def test_people_who_are_known_are_not_measured_again() -> None:
    assert market_of(problem(-3.0)) is market_of(problem(-3.0))
