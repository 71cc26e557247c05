"""The ``alongside`` command: match two spreadsheets, or serve an installation."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 well, 1 refused, 2 wrongly called."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["manage"]:
        return _manage(words[1:])
    chosen = _parser().parse_args(words)
    if chosen.command == "match":
        from alongside.commands.match import match

        return match(chosen.mentors, chosen.mentees, rules=chosen.rules, folder=chosen.output)
    if chosen.command == "bench":
        from alongside.commands.bench import bench

        return bench(chosen.benchmark, chosen.options)
    _set_up_django()
    if chosen.command == "appoint":
        from alongside.commands.appoint import appoint

        return appoint(chosen.email, name=chosen.name, organisation=chosen.organisation, network=chosen.network)
    if chosen.command == "reseal":
        from alongside.commands.reseal import reseal

        return reseal()
    if chosen.command == "make-network":
        from alongside.commands.make_network import make_network

        return make_network(scale=chosen.scale, marginals=chosen.marginals, seed=chosen.seed, into=chosen.into)
    from alongside.commands import serving

    if chosen.command == "work":
        return serving.work()
    if chosen.command == "demo":
        return serving.demo(port=chosen.port)
    return serving.serve(host=chosen.host, port=chosen.port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside", description="The open-source home of mentoring.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    match = commands.add_parser("match", help="match two spreadsheets, with no web at all")
    match.add_argument("mentors", type=Path, help="the spreadsheet with the mentors")
    match.add_argument("mentees", type=Path, help="the spreadsheet with the mentees")
    match.add_argument("--rules", type=Path, help="a rules.toml: hard rules, weights and objective")
    match.add_argument("-o", "--output", type=Path, default=Path("matching"), help="the folder to write to")
    serve = commands.add_parser("serve", help="serve this installation, with a worker beside it")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    demo = commands.add_parser("demo", help="serve a demonstration network")
    demo.add_argument("--port", type=int, default=8000)
    appoint = commands.add_parser("appoint", help="make somebody a coordinator, and print a link to sign in")
    appoint.add_argument("email", help="the coordinator's email address")
    appoint.add_argument("--name", required=True, help="the coordinator's name")
    appoint.add_argument("--organisation", required=True, help="the organisation; made if it is not there")
    appoint.add_argument("--network", default="Our network", help="the network it belongs to; made if it is not there")
    made = commands.add_parser("make-network", help="make up a network as large as a country's, to measure or look at")
    made.add_argument("--scale", choices=["small", "medium", "national"], default="national")
    made.add_argument("--marginals", type=Path, help="a folder of real counts to draw from")
    made.add_argument("--seed", type=int, default=1, help="the same seed makes the same network")
    made.add_argument("--into", default="", help="the name of a new network, where another is there already")
    bench = commands.add_parser("bench", help="measure; in a checkout only")
    bench.add_argument("benchmark", help="which one, such as matching")
    bench.add_argument("options", nargs=argparse.REMAINDER, help="the benchmark's own options; try --help")
    commands.add_parser("work", help="send emails, run clocks and long jobs; serve starts one by itself")
    commands.add_parser("reseal", help="after a change of ALONGSIDE_CONTENT_KEYS: seal everything with the newest key")
    commands.add_parser("manage", help="Django's own commands, such as manage migrate")
    return parser


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def _manage(words: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["alongside manage", *words])
    return 0
