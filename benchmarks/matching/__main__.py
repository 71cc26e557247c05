"""Run the benchmark from the command line."""

import sys

from benchmarks.matching.command import main

sys.exit(main())
