"""The command line (`shixin`)."""

from pipeline.cli.commands import main as main
