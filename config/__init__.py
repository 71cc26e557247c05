"""How an installation of Alongside is set up: settings from the environment, addresses, the WSGI door."""
