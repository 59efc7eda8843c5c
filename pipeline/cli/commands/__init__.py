"""Every command, in the order in which the work goes. A new command is one more entry of a module here."""

from pipeline.cli.command import Command
from pipeline.cli.commands import (
    audit,
    check,
    decisions,
    draft,
    evaluate,
    ledger,
    merge,
    outputs,
    registry,
    review,
    scan,
    simulate,
    status,
    train,
    unit,
)

_MODULES = (
    scan,
    unit,
    review,
    outputs,
    ledger,
    decisions,
    draft,
    status,
    merge,
    check,
    registry,
    audit,
    simulate,
    train,
    evaluate,
)
COMMANDS: tuple[Command, ...] = tuple(command for module in _MODULES for command in module.COMMANDS)
