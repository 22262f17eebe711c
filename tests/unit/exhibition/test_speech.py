"""Texts are spoken at publication: each block one clip, made once, where there is a voice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.exhibition import reader, speech, speech_clips
from kiosk.exhibition.file_store import FileStore
from kiosk.exhibition.speech_clips import with_speech
from kiosk.locale.languages import fixed_sentences

CONTENT = Path(__file__).parents[3] / "content" / "example"


class Parrot:
    """Speaks French alone, and notes what it was asked to say."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def speaks(self, language: str) -> bool:
        """French, also easy French."""
        return language.startswith("fr")

    def clip(self, language: str, text: str) -> bytes:
        """Something that is another for each text."""
        self.said.append(text)
        return f"{language} {text}".encode()


class Better(Parrot):
    """Another voice, that has trouble with the first text."""

    def clip(self, language: str, text: str) -> bytes:
        """Something else than the parrot says; nothing at first."""
        first = not self.said
        said = super().clip(language, text)
        return b"" if first else b"better " + said


def test_a_text_is_spoken_block_by_block_as_it_stands_on_the_page() -> None:
    """Marks are no words; a list's entries are blocks of their own."""
    blocks = speech.blocks("Two *large* things:\n\n- a bench\n- a tree\n")
    assert blocks[1:] == ["Two large things:", "a bench", "a tree"]
    assert speech.blocks("One\nsentence.") == ["One sentence."]
    assert speech.blocks("***") == []


def test_the_same_words_have_the_same_clip() -> None:
    """Line breaks do not count; the language does."""
    assert speech.path("fr", "Un  banc\n") == speech.path("fr", "Un banc")
    assert speech.path("fr", "Un banc") != speech.path("de", "Un banc")
    assert speech.path("de-simple", "Bank").startswith("made/speech/de-simple/")


@pytest.mark.parametrize("tag", ["", "..", "fr/../x", "FR", "a-b-c-d", "fr.po"])
def test_no_other_name_than_a_languages_makes_a_path(tag: str) -> None:
    """What a page asks for stays within the edition."""
    assert not speech.is_language(tag)


def test_an_edition_gets_its_clips_once(tmp_path: Path) -> None:
    """What was said before is taken over; without a voice on the machine as well."""
    files, parrot = FileStore(tmp_path), Parrot()
    views = [reader.read(CONTENT)]
    made = with_speech(files, {}, {}, views, parrot)
    assert {path.split("/")[2] for path in made} == {"fr"}
    title = views[0].title.pick("fr").text
    assert speech.path("fr", title) in made
    assert speech.path("fr", fixed_sentences("fr")[0]) in made
    assert len(parrot.said) == len(set(parrot.said)) == len(made)

    again = Parrot()
    assert with_speech(files, made, made, views, again) == made
    assert not again.said
    assert with_speech(files, made, made, views, None) == made


def test_a_damaged_clip_is_made_anew_or_left_out(tmp_path: Path) -> None:
    """The disk turned a bit: publishing again mends it; without a voice nobody hears it."""
    files, views = FileStore(tmp_path), [reader.read(CONTENT)]
    made = with_speech(files, {}, {}, views, Parrot())
    path = speech.path("fr", views[0].title.pick("fr").text)
    place = files.path(made[path].sha256)
    place.chmod(0o644)
    place.write_bytes(place.read_bytes()[:-1] + b"?")

    assert path not in with_speech(files, made, made, views, None)
    again = Parrot()
    assert with_speech(files, made, made, views, again) == made
    assert len(again.said) == 1
    assert files.is_sound(made[path])


def test_an_edition_never_gets_more_files_than_can_be_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With thousands of pictures there is no room for every clip: screens say the rest."""
    monkeypatch.setattr(speech_clips, "MOST_FILES", 5)
    files, views = FileStore(tmp_path), [reader.read(CONTENT)]
    three = {f"media/{name}.webp": files.put(name.encode()) for name in "abc"}
    made = with_speech(files, three, {}, views, Parrot())

    assert len(made) == 5
    assert len(with_speech(files, three | {"media/d.webp": made["media/a.webp"]}, made, views, None)
    ) == 5  # fmt: skip


def test_another_voice_speaks_everything_anew(tmp_path: Path) -> None:
    """A better voice was installed: asked to, publication says all again, and loses nothing."""
    files, views = FileStore(tmp_path), [reader.read(CONTENT)]
    made = with_speech(files, {}, {}, views, Parrot())

    anew = with_speech(files, made, made, views, Better(), anew=True)
    assert anew.keys() == made.keys()
    assert len([path for path in made if anew[path] == made[path]]) == 1  # it failed, the old stays
    german_only = Parrot()
    german_only.speaks = lambda language: language == "de"  # type: ignore[method-assign]
    said = with_speech(files, made, made, views, german_only, anew=True)
    assert {path: said[path] for path in made} == made


def test_what_is_no_longer_said_leaves_the_edition(tmp_path: Path) -> None:
    """A clip of a sentence that was taken out is not carried on."""
    old = {speech.path("fr", "Phrase retirée."): FileStore(tmp_path).put(b"x")}
    assert with_speech(FileStore(tmp_path), old, old, [], None) == {}


def test_fixed_sentences_hold_no_figures() -> None:
    """A sentence with a placeholder cannot be spoken beforehand."""
    for language in ("en", "fr"):
        said = fixed_sentences(language)
        assert len(said) > 50
        assert not any("{" in sentence for sentence in said)
    assert fixed_sentences("xx") == ()
