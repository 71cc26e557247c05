"""Places of the United Kingdom and its islands: from a town or a postcode to a point and a distance.

Owns the gazetteer (places.tsv), the postcode areas, the public holidays and the bands of distance people are shown.
Does not keep addresses, look anything up over the network, or know who lives where.
"""

from alongside.places.distance import band, distance_km
from alongside.places.gazetteer import Place, find
from alongside.places.postcodes import outward_code

__all__ = ["Place", "band", "distance_km", "find", "outward_code"]
