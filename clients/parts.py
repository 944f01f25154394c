"""Runs the parts of a client's test: one line for each, exit code 1 when one did not hold."""

import sys
import traceback


def run(client, parts, after_failure=lambda: None):
    failed = False
    for part in parts:
        name = f"{client}: {part.__name__.replace('_', ' ')}"
        try:
            part()
            print(f"ok: {name}", flush=True)
        except Exception as error:  # whatever it is, the other parts still run
            failed = True
            where = traceback.extract_tb(error.__traceback__)[1]
            print(f"FAILED: {name} (line {where.lineno}): {type(error).__name__} {error}", flush=True)
            after_failure()
    sys.exit(1 if failed else 0)


def equal(expected, found):
    if expected != found:
        raise AssertionError(f"expected {expected!r}, found {found!r}")
