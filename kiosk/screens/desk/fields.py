"""Plain form fields with visible labels; their values are sent together when the form is.

What someone types stays in the browser until then. The value an input begins with is written as an
attribute (``^value``): Vue would set a property again with every change elsewhere on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kiosk.screens.desk.once import once
from kiosk.screens.widgets.markup import Tag

SUBMIT = "(event) => { event.preventDefault(); emit(desk.values(event)); }"
TYPED = "(event) => emit(desk.values(event))"

Values = Mapping[str, Any]
"""The form's fields by name: texts, lists of texts for groups of boxes; ``do`` is the button."""


def form(on_submit: Callable[[Values], Any], css: str = "form", **attributes: Any) -> Tag:
    """Return a form; *on_submit* gets its values, once for a double click.

    With *data_keep*, a name among the forms of its address, what is typed outlives a reload, each
    field as long as it holds what was typed over; with another name it is another form.
    """
    made = Tag("form", None, css, novalidate="novalidate", **attributes)
    made.on("submit", once(lambda event: on_submit(event.args)), js_handler=SUBMIT)
    return made


def saved(form: Tag, path: str, keep: str) -> None:
    """Tell the page that what this form sent is saved, and that it is named *keep* at *path* now.

    What was typed in it while it was being saved stays, also where the page leads to *path* next.
    """
    form.run_method("isSaved", path, keep)


def line(
    label: str, name: str, value: str = "", hint: str = "", css: str = "", **attributes: Any
) -> Tag:
    """Return a field of one line."""
    control = _labelled(
        label, hint, css, lambda: Tag("input", name_=name, type="text", **attributes)
    )
    control.props["^value"] = value
    return control


def area(
    label: str,
    name: str,
    value: str = "",
    hint: str = "",
    rows: int = 3,
    css: str = "",
    **attributes: Any,
) -> Tag:
    """Return a field of several lines."""
    return _labelled(
        label, hint, css, lambda: Tag("textarea", value, name_=name, rows=str(rows), **attributes)
    )


def choice(
    label: str,
    name: str,
    options: Iterable[tuple[str, str]],
    chosen: str = "",
    hint: str = "",
    **attributes: Any,
) -> Tag:
    """Return a field that offers *options* (value and words), of which one is chosen."""

    def select() -> Tag:
        made = Tag("select", name_=name, **attributes)
        with made:
            for value, words in options:
                option = Tag("option", words, value=value)
                if value == chosen:
                    option.props["selected"] = True
        return made

    return _labelled(label, hint, "", select)


def boxes(legend: str, name: str, options: Iterable[tuple[str, str]], chosen: Iterable[str]) -> Tag:
    """Return a group of boxes to tick, any number of them."""
    ticked = set(chosen)
    with Tag("fieldset", None, "boxes") as group:
        Tag("legend", legend)
        for value, words in options:
            with Tag("label", None, "box"):
                box = Tag("input", type="checkbox", name_=name)
                box.props["^value"] = value
                if value in ticked:
                    box.props["checked"] = True
                Tag("span", words)
    return group


def submit(text: str, do: str, css: str = "knob", **attributes: Any) -> Tag:
    """Return a button that sends the form; *do* says which of its buttons it was."""
    return Tag("button", text, css, type="submit", name_="do", value=do, **attributes)


def _labelled(label: str, hint: str, css: str, control: Callable[[], Tag]) -> Tag:
    with Tag("div", None, f"field {css}".strip()):
        words = Tag("label", label)
        made = control()
        words.props["for"] = made.html_id
        if hint:
            told = Tag("p", hint, "hint")
            made.props["aria-describedby"] = told.html_id
    return made
