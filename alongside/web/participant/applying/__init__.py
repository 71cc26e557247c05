"""How somebody asks to take part: what it is, their application page by page, and how it stands."""
