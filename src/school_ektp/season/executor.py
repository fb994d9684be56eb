"""Running many searches at once on any executor, but never in forked processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments

Task = TypeVar("Task")
Answer = TypeVar("Answer")


def check_executor(executor: Executor | None) -> None:
    """
    Refuse a pool that forks: a forked child hangs for ever once its parent has run polars.

    Raises:
        InvalidFieldError: The executor is a process pool whose processes are forks, or none.
    """
    if executor is not None:
        arguments.one("executor", "executor", executor, Executor, "concurrent.futures.Executor")
    if not isinstance(executor, ProcessPoolExecutor):
        return
    context: Any = getattr(executor, "_mp_context", None)
    method = context.get_start_method() if context is not None else "fork"
    if method == "fork":
        owner = "executor"
        fault = (
            "forks its processes, which hang once polars has run; make it with"
            " school_ektp.season.executor.spawning_pool(), or pass"
            " mp_context=multiprocessing.get_context('spawn')"
        )
        raise InvalidFieldError(owner, "mp_context", fault)


def spawning_pool(workers: int | None = None) -> ProcessPoolExecutor:
    """
    Return a pool of processes that start afresh; close it with ``with``.

    Args:
        workers: Number of processes; as many as processors when None.

    Raises:
        InvalidFieldError: *workers* is no whole number from 1.
    """
    if workers is not None:
        arguments.whole("spawning_pool", "workers", workers, least=1)
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def run_all(
    work: Callable[[Task], Answer], tasks: Iterable[Task], executor: Executor | None
) -> list[Answer]:
    """
    Return the answers in the order of the tasks; here and now without an executor.

    Raises:
        InvalidFieldError: The executor forks.
    """
    check_executor(executor)
    if executor is None:
        return [work(task) for task in tasks]
    return [*executor.map(work, tasks)]
