"""The API: typed routes over the same actions and the same rules as the pages."""
