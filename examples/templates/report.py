"""Prints the report of a month: here only its heading."""

import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--month", required=True)
print(f"report of {parser.parse_args().month}")  # noqa: T201 printing is its work
