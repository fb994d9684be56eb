"""Values of the wrong kind for any argument, and what a call says of them."""

from __future__ import annotations

import datetime as dt
import inspect
import warnings

from school_ektp.errors import SchoolEktpError, SchoolEktpWarning

WRONG = (None, 3, -1, 2.5, True, "wrong", b"wrong", [], ["wrong"], [None], {}, object())
WRONG += (dt.date(2024, 9, 10), dt.datetime(2024, 9, 10), float("nan"), ValueError)


def sound_arguments(call, usual, own):
    """
    Return all arguments of a call as they should be, so that one after the other can be spoiled.

    Args:
        call: The call.
        usual: Values by the name of the argument; where it has none, the default is taken.
        own: Values that this call needs instead; for ``**changes``, names of usual ones.
    """
    sound = {}
    for name, one in inspect.signature(call).parameters.items():
        if one.kind is one.VAR_KEYWORD:
            sound |= {more: usual[more] for more in own[name]}
        elif (value := (usual | own).get(name, one.default)) is not one.empty:
            sound[name] = value
    return sound


def not_in_words(call, name, make, sound, wrong=WRONG):
    """
    Return a line for each wrong value of each argument that is refused by an error not in words.

    Args:
        call: What lines call it.
        name: Names of the arguments that are tried.
        make: The call.
        sound: All its arguments as they should be.
        wrong: The values that are tried.
    """
    return [
        f"{call}({one}={value!r}): {fault}"
        for one in name
        for value in wrong
        if (fault := raised(make, sound | {one: value}))
    ]


def raised(call, arguments):
    """Return the error of a call that is not in our words; None where it works or is refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SchoolEktpWarning)
        try:
            call(**arguments)
        except SchoolEktpError as fault:
            return None if len(str(fault)) > 10 else f"says nothing: {fault!r}"
        except TypeError as fault:  # of Python itself, for a path
            return None if "os.PathLike object" in str(fault) else repr(fault)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is not in our words
            return repr(fault)
    return None
