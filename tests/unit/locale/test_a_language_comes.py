"""A language needs files only: a catalogue that is put into the folder is offered and spoken."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.locale.sentences import ROOT
from tests.unit.locale.catalogues import begun

RUSSIAN = begun(
    "ru",
    """msgid "Back"
msgstr "Назад"

msgid "{n} vote"
msgid_plural "{n} votes"
msgstr[0] "{n} голос"
msgstr[1] "{n} голоса"
msgstr[2] "{n} голосов"
""",
)

BENGALI = """# Said by machine, not yet read by a person whose language it is.
msgid ""
msgstr ""
"Language: bn\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Back"
msgstr "ফিরে যান"
"""

ASK = """
import json
from kiosk.locale.languages import is_reviewed
from kiosk.locale.translator import LANGUAGES, translator
ru, bn = translator("ru"), translator("bn")
print(json.dumps({
    "offered": LANGUAGES,
    "names": [ru.native_name, bn.native_name],
    "back": [ru("Back"), bn("Back")],
    "not said": bn("Next"),
    "votes": [ru.plural("{n} vote", "{n} votes", n) for n in (1, 2, 5, 21)],
    "reviewed": [is_reviewed("ru"), is_reviewed("bn")],
}))
"""


def test_russian_and_bengali_need_no_line_of_code(tmp_path: Path) -> None:
    """An operator in Kolkata drops two catalogues into the folder and starts the screen."""
    (tmp_path / "kiosk").mkdir()
    shutil.copy(ROOT / "kiosk" / "__init__.py", tmp_path / "kiosk")
    shutil.copytree(ROOT / "kiosk" / "locale", tmp_path / "kiosk" / "locale")
    (tmp_path / "kiosk" / "locale" / "ru.po").write_text(RUSSIAN, encoding="utf-8")
    (tmp_path / "kiosk" / "locale" / "bn.po").write_text(BENGALI, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    said = json.loads(told.stdout)
    assert {"ru", "bn"} <= set(said["offered"])
    assert said["offered"][:4] == ["fr", "en", "de", "ar"]
    assert said["names"] == ["Русский", "বাংলা"]
    assert said["back"] == ["Назад", "ফিরে যান"]
    assert said["not said"] == "Next"
    assert said["votes"] == ["1 голос", "2 голоса", "5 голосов", "21 голос"]
    assert said["reviewed"] == [False, False]
