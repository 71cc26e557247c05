"""Version 1 of the API: what a coordinator sees on her pages, for her own programs."""
