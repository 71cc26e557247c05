"""What the stories of blueprints are told with: a clock that moves, windows, and the way from joining to the end."""
