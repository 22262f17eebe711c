"""``python -m deploy.locale``: brings every catalogue up to date; says what wants translating."""

from __future__ import annotations

import sys

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from deploy.locale.sentences import ROOT, sentences
from kiosk.locale import gaps

UNREAD = "# Said by machine, not yet read by a person whose language it is."


def main() -> None:
    """Add what the code says newly, drop what it does not say any more, keep what is translated.

    What is marked as unsure stays so, and is counted with all else that is left to English.
    Languages named (``python -m deploy.locale ru``) are the only ones done; new ones are begun.
    A file keeps the plural forms that it names: Turkish has two in it, where Babel knows one.
    """
    there = sorted(path.stem for path in (ROOT / "kiosk" / "locale").glob("*.po"))
    for language in sys.argv[1:] or there:
        path = ROOT / "kiosk" / "locale" / f"{language}.po"
        before = Catalog(locale=language)
        if path.is_file():
            with path.open("rb") as file:
                before = read_po(file, locale=language)
        after = Catalog(
            locale=language,
            project="kiosk",
            fuzzy=False,
            header_comment=before.header_comment if path.is_file() else UNREAD,
        )
        after.mime_headers = [("Plural-Forms", before.plural_forms)]
        missing = 0
        for sentence in sentences():
            known = before.get(sentence.key if isinstance(sentence.key, str) else sentence.one)
            said = known.string if known is not None else ""
            unsure = {"fuzzy"} if known is not None and known.fuzzy else set()
            place = (sentence.place.split(":")[0], 0)
            missing += not gaps.is_said(after.add(sentence.key, said, [place], flags=unsure))
        with path.open("wb") as file:
            write_po(file, after, width=0, sort_output=False, include_lineno=False)
        print(f"{path.relative_to(ROOT)}: {len(after)} sentences, {missing} to translate")


if __name__ == "__main__":
    main()
