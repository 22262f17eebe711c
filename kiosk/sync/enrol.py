"""At a machine: gives the code of the desk to the hub and gets who it is from now on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import httpx
import msgspec

from kiosk import ids
from kiosk.errors import InvalidToken, Unavailable
from kiosk.people import secret_file
from kiosk.people.enrolment import Identity

PATH = "/api/v1/enrol"

TRIES = 3
"""How often a lost answer is asked for again; the hub gives the same one."""

Credential = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Enrol(msgspec.Struct, frozen=True):
    """A machine's request: the code that was typed, and the credential that it made itself."""

    code: Annotated[str, msgspec.Meta(max_length=64)]
    credential: Credential


class Enrolled(msgspec.Struct, frozen=True):
    """The hub's answer: an identity without the credential."""

    id: str
    number: int
    name: str
    exhibition: str
    city: str
    place: str
    signing_key: str


def ask(
    hub_url: str, code: str, pending: Path, transport: httpx.BaseTransport | None = None
) -> Identity:
    """Return the identity that the hub gives for *code*.

    The credential is made first and kept at *pending*, so that a machine which lost its power
    before it heard the answer asks again with the same one. Whoever keeps the identity deletes it.

    Raises:
        InvalidToken: the hub does not take the code.
        Unavailable: the hub was not reached, or the credential cannot be kept; the code can be
            used again.
    """
    request = Enrol(code, _credential(pending))
    with httpx.Client(base_url=hub_url, timeout=10, trust_env=False, transport=transport) as http:
        for tried in range(1, TRIES + 1):
            try:
                answer = http.post(PATH, content=msgspec.json.encode(request))
                return _read(answer, request.credential)
            except httpx.HTTPError as error:
                if tried == TRIES:
                    raise Unavailable(
                        f"The hub at {hub_url} was not reached: {type(error).__name__}.",
                        "Mend the address or the line, then enter the same code again.",
                    ) from error
    raise AssertionError("the last try returns or raises")


def _read(answer: httpx.Response, credential: str) -> Identity:
    if answer.status_code in {404, 429}:
        problem = msgspec.json.decode(answer.content, type=dict[str, object])
        raise InvalidToken(str(problem.get("title", "")), str(problem.get("cure", "")))
    try:
        answer.raise_for_status()
        told = msgspec.json.decode(answer.content, type=Enrolled)
    except (httpx.HTTPError, msgspec.MsgspecError, UnicodeError) as error:
        raise Unavailable("The hub gave no identity.", "Look at its log; is it updated?") from error
    return Identity(**msgspec.structs.asdict(told), credential=credential)


def _credential(pending: Path) -> str:
    """Return the credential kept at *pending*, made durable first where there is none."""
    try:
        return msgspec.json.decode(pending.read_bytes(), type=Credential)
    except (OSError, msgspec.MsgspecError, UnicodeError):
        made = ids.secret(32).hex()
        secret_file.write(pending, msgspec.json.encode(made))
        return made
