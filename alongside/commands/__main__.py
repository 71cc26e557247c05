import sys

from alongside.commands.cli import main

sys.exit(main())
