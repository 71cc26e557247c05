"""A network as large as a country's, made up: for measuring, and for looking at how pages do with so much in them."""

from alongside.commands.nationwide.building import Builder, NotOurs
from alongside.commands.nationwide.marginals import Marginals, NoMarginals, plain, read
from alongside.commands.nationwide.scales import SCALES, Scale

__all__ = ["SCALES", "Builder", "Marginals", "NoMarginals", "NotOurs", "Scale", "plain", "read"]
