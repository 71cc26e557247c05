"""The 124 postcode areas of the United Kingdom and its islands, and the town each stands for.

An outward code such as "L1" is read as its area, "L", so its accuracy is the area: a few kilometres in a
city, up to fifty in the Highlands. That is enough to say who is near, and little enough to keep.
"""

AREA_TOWNS = {
    "AB": "Aberdeen", "AL": "St Albans", "B": "Birmingham", "BA": "Bath", "BB": "Blackburn",
    "BD": "Bradford", "BH": "Bournemouth", "BL": "Bolton", "BN": "Brighton", "BR": "Bromley",
    "BS": "Bristol", "BT": "Belfast", "CA": "Carlisle", "CB": "Cambridge", "CF": "Cardiff",
    "CH": "Chester", "CM": "Chelmsford", "CO": "Colchester", "CR": "Croydon", "CT": "Canterbury",
    "CV": "Coventry", "CW": "Crewe", "DA": "Dartford", "DD": "Dundee", "DE": "Derby",
    "DG": "Dumfries", "DH": "Durham", "DL": "Darlington", "DN": "Doncaster", "DT": "Dorchester",
    "DY": "Dudley", "E": "London", "EC": "London", "EH": "Edinburgh", "EN": "Enfield",
    "EX": "Exeter", "FK": "Falkirk", "FY": "Blackpool", "G": "Glasgow", "GL": "Gloucester",
    "GU": "Guildford", "GY": "St Peter Port", "HA": "Harrow", "HD": "Huddersfield", "HG": "Harrogate",
    "HP": "Hemel Hempstead", "HR": "Hereford", "HS": "Stornoway", "HU": "Hull", "HX": "Halifax",
    "IG": "Ilford", "IM": "Douglas", "IP": "Ipswich", "IV": "Inverness", "JE": "St Helier",
    "KA": "Kilmarnock", "KT": "Kingston upon Thames", "KW": "Kirkwall", "KY": "Kirkcaldy",
    "L": "Liverpool", "LA": "Lancaster", "LD": "Llandrindod Wells", "LE": "Leicester", "LL": "Llandudno",
    "LN": "Lincoln", "LS": "Leeds", "LU": "Luton", "M": "Manchester", "ME": "Rochester",
    "MK": "Milton Keynes", "ML": "Motherwell", "N": "London", "NE": "Newcastle upon Tyne",
    "NG": "Nottingham", "NN": "Northampton", "NP": "Newport", "NR": "Norwich", "NW": "London",
    "OL": "Oldham", "OX": "Oxford", "PA": "Paisley", "PE": "Peterborough", "PH": "Perth",
    "PL": "Plymouth", "PO": "Portsmouth", "PR": "Preston", "RG": "Reading", "RH": "Redhill",
    "RM": "Romford", "S": "Sheffield", "SA": "Swansea", "SE": "London", "SG": "Stevenage",
    "SK": "Stockport", "SL": "Slough", "SM": "Sutton", "SN": "Swindon", "SO": "Southampton",
    "SP": "Salisbury", "SR": "Sunderland", "SS": "Southend-on-Sea", "ST": "Stoke-on-Trent",
    "SW": "London", "SY": "Shrewsbury", "TA": "Taunton", "TD": "Galashiels", "TF": "Telford",
    "TN": "Tonbridge", "TQ": "Torquay", "TR": "Truro", "TS": "Middlesbrough", "TW": "Twickenham",
    "UB": "Southall", "W": "London", "WA": "Warrington", "WC": "London", "WD": "Watford",
    "WF": "Wakefield", "WN": "Wigan", "WR": "Worcester", "WS": "Walsall", "WV": "Wolverhampton",
    "YO": "York", "ZE": "Lerwick",
}  # fmt: skip

# Where an area is so wide that its town misleads: first and last district number another town is nearer to.
DISTRICT_TOWNS = {
    "BT": ((28, 33, "Coleraine"), (34, 35, "Newry"), (47, 49, "Derry"), (51, 57, "Coleraine"),
           (60, 71, "Armagh"), (74, 94, "Enniskillen"), (78, 82, "Omagh")),
    "CA": ((10, 18, "Penrith"), (13, 15, "Workington"), (20, 28, "Whitehaven")),
    "DN": ((15, 20, "Scunthorpe"), (31, 41, "Grimsby")),
    "EX": ((16, 23, "Tiverton"), (31, 39, "Barnstaple")),
    "IV": ((40, 56, "Portree"), (21, 26, "Ullapool"), (30, 36, "Elgin")),
    "KW": ((1, 14, "Thurso"),),
    "LL": ((11, 14, "Wrexham"), (15, 21, "Denbigh"), (23, 23, "Bala"), (35, 49, "Porthmadog"),
           (51, 65, "Bangor, Wales"), (66, 78, "Llangefni")),
    "PA": ((20, 38, "Oban"), (21, 23, "Dunoon"), (41, 49, "Campbeltown"), (60, 80, "Oban")),
    "PE": ((20, 25, "Boston"), (30, 38, "King's Lynn"), (26, 29, "Huntingdon")),
    "PH": ((15, 18, "Pitlochry"), (19, 26, "Aviemore"), (30, 50, "Fort William")),
    "PL": ((13, 18, "Liskeard"), (22, 35, "Bodmin")),
    "SA": ((14, 20, "Carmarthen"), (31, 48, "Carmarthen"), (61, 73, "Haverfordwest")),
    "SY": ((15, 22, "Newtown"), (23, 25, "Aberystwyth")),
    "TD": ((12, 15, "Berwick-Upon-Tweed"),),
    "TR": ((17, 27, "Penzance"),),
}  # fmt: skip

# London is too large for one point: the middle of each of its areas, as latitude and longitude in degrees.
LONDON_POINTS = {
    "E": (51.545, -0.025),
    "EC": (51.519, -0.096),
    "N": (51.584, -0.115),
    "NW": (51.560, -0.195),
    "SE": (51.465, -0.035),
    "SW": (51.460, -0.165),
    "W": (51.513, -0.215),
    "WC": (51.518, -0.122),
}
