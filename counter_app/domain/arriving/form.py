"""The open form of an application: JSON that departments' systems write and read (mission: I11, I12).

Its schema is made from these types (`schema`). Reading is strict: a key nobody knows, a wrong type, a text
too long or one that holds control or direction characters is refused, with the place it stands at.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

import msgspec

from counter_app.errors import UserFacingError

FORMAT: Final = "counter-app/application"
MOST_BYTES: Final = 1 << 20
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co"})

Short = Annotated[str, msgspec.Meta(max_length=100)]
Line = Annotated[str, msgspec.Meta(max_length=500)]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$")]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Birth = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^\d{4}-(\d{2}-(\d{2}|\?\?)|\?\?-\?\?)$",
        description="A day; with ?? for what is not known of it: 1950-03-??, 1950-??-??",
    ),
]
Role = Literal["applicant", "spouse", "guardian", "agent", "collector", "organisation"]
Document = Literal[
    "resident", "hmt_permit", "foreigner_2017", "foreigner_2023", "passport", "credit_code", "other"
]


class FormMandate(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    scope: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    until: Day | None = None
    number: Short = ""


class FormPerson(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A person or organisation in its role."""

    role: Role
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    document: Document = "resident"
    number: Short = ""
    sex: Literal["0", "1", "2", "9"] = "0"
    nation: Short = ""
    birth: Birth | None = None
    address: Line = ""
    phone: Short = ""
    representative: Short = ""
    organisation_type: Short = ""
    mandate: FormMandate | None = None


class FormMaterial(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What was sent along; a clerk still looks at it."""

    code: Short
    note: Line = ""


class Form(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One application. `case_number` and `stage` stand only in what was exported."""

    format: Literal["counter-app/application"]
    version: Literal[1]
    source: Literal["web", "phone", "post", "department"]
    id: Number
    item: Number
    persons: Annotated[tuple[FormPerson, ...], msgspec.Meta(min_length=1, max_length=10)]
    sent_at: Short = ""
    answers: dict[Short, Short | tuple[Short, ...]] = {}
    fields: dict[Short, Line] = {}
    materials: Annotated[tuple[FormMaterial, ...], msgspec.Meta(max_length=100)] = ()
    remark: Line = ""
    case_number: Short = ""
    stage: Short = ""


_decoder: Final = msgspec.json.Decoder(Form)


def read_form(data: bytes) -> Form:
    """UserFacingError `application.unreadable` or `application.too-large`, in words that can be mended."""
    if len(data) > MOST_BYTES:
        raise UserFacingError(
            "application.too-large",
            "The file has {size} bytes; at most {most} are read.",
            remedy="Send one application a file, without pictures.",
            size=len(data),
            most=MOST_BYTES,
        )
    try:
        form = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable(str(error) or type(error).__name__) from error
    for place, text in _texts(msgspec.to_builtins(form), "$"):
        if any(unicodedata.category(sign) in _HIDDEN for sign in text):
            raise _unreadable(f"hidden characters - at `{place}`")
    return form


def write_form(form: Form) -> bytes:
    """The same form as bytes people can read too."""
    tree = json.loads(msgspec.json.encode(form))
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the form."""
    made = msgspec.json.schema(Form)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **made}


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield f"{place}.…", key
            yield from _texts(entry, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for at, entry in enumerate(value):
            yield from _texts(entry, f"{place}[{at}]")


def _unreadable(reason: str) -> UserFacingError:
    return UserFacingError(
        "application.unreadable",
        "This is no application in the open form: {reason}",
        remedy="Mend the file by the schema, then put it into the folder again.",
        reason=reason,
    )
