"""What can stop a run: each error has a code, a message that says what is wrong, and a hint that says what to do."""

from __future__ import annotations

from typing import Any, ClassVar


class SeedfastError(Exception):
    """A problem that the user can understand and act upon.

    ``exit_status`` is what the command line ends with when the error reaches it.
    """

    exit_status: ClassVar[int] = 70

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        # By default an exception is made again from its ``args`` alone, which are the message here.
        return type(self), (self.code, self.message, self.hint), self.__dict__


class UsageError(SeedfastError):
    """The request names something that isn't there or can't be read."""

    exit_status = 2


class ConnectionFailedError(SeedfastError):
    """The server can't be reached, is read-only, or the role may not do what the run needs."""

    exit_status = 4


class DeclinedError(SeedfastError):
    """The user, or a safeguard, said no before anything was written."""

    exit_status = 5


class LoadError(SeedfastError):
    """PostgreSQL refused rows or statements, or went away; everything was rolled back.

    ``sqlstate``, ``constraint`` and ``table`` are PostgreSQL's own, where it gave them.
    """

    exit_status = 6

    def __init__(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        sqlstate: str | None = None,
        constraint: str | None = None,
        table: str | None = None,
    ) -> None:
        super().__init__(code, message, hint)
        self.sqlstate = sqlstate
        self.constraint = constraint
        self.table = table


class GenerateError(SeedfastError):
    """The plan asks for a value that its generator can't make: a plan edited by hand, or a bug."""

    exit_status = 6
