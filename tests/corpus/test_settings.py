from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.errors import SettingsWrong
from corpus.settings import BUNDLED, PROJECT, Settings, read_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The settings file that the tests let stand for the one beside the code."""
    return tmp_path / "passerelle.toml"


def test_without_any_setting_everything_has_a_value() -> None:
    settings = read_settings()
    assert settings.home == PROJECT / ".passerelle"
    assert settings.material == PROJECT / "corpus" / "material"
    assert (settings.embedding_model, settings.host, settings.port) == (BUNDLED, "127.0.0.1", 7860)


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_HOME", "/srv/chat")
    monkeypatch.setenv("passerelle_port", "8080")
    settings = read_settings()
    assert (settings.home, settings.port) == (Path("/srv/chat"), 8080)


def test_the_file_is_read(file: Path) -> None:
    file.write_text('home = "/srv/chat"\nport = 8080\n', encoding="utf-8")
    settings = read_settings()
    assert (settings.home, settings.port) == (Path("/srv/chat"), 8080)


def test_an_argument_goes_before_the_environment_and_that_before_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('port = 1\nhost = "a"\ndepth = 3\n', encoding="utf-8")
    monkeypatch.setenv("PASSERELLE_PORT", "2")
    monkeypatch.setenv("PASSERELLE_HOST", "b")
    settings = read_settings(port=3, host=None)
    assert (settings.port, settings.host, settings.depth) == (3, "b", 3)


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_PORT", "")
    assert read_settings().port == 7860


def test_a_folder_below_the_users_own_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anne")
    monkeypatch.setenv("PASSERELLE_HOME", "~/chat")
    assert read_settings().home == Path("/home/anne/chat")
    assert read_settings(home="~no-such-user/chat").home == Path("~no-such-user/chat")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("port", "abc", "valid integer"),
        ("port", "0", "greater than or equal to 1"),
        ("port", "65536", "less than or equal to 65535"),
        ("question_limit", "49", "greater than or equal to 50"),
        ("file_limit", "0", "greater than or equal to 1"),
        ("passage_size", "99", "greater than or equal to 100"),
        ("passage_size", "4001", "less than or equal to 4000"),
        ("depth", "0", "greater than or equal to 1"),
    ],
)
def test_a_bad_value_is_named_with_its_field_and_where_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, field: str, value: str, reason: str
) -> None:
    variable = f"PASSERELLE_{field.upper()}"
    monkeypatch.setenv(variable, value)
    with pytest.raises(
        SettingsWrong,
        match=rf"setting {field} has an unusable value '{value}': .*{reason}.*; mend it in {variable} / pass",
    ):
        read_settings()


@pytest.mark.parametrize("field", ["embedding_model", "host"])
def test_an_empty_text_is_named(field: str) -> None:
    with pytest.raises(SettingsWrong, match=rf"setting {field} has an unusable value ''"):
        read_settings(**{field: ""})


def test_a_setting_that_does_not_exist_is_named(file: Path) -> None:
    file.write_text("prot = 8080\n", encoding="utf-8")
    with pytest.raises(SettingsWrong, match="setting prot has an unusable value 8080: Extra inputs are not"):
        read_settings()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"port = \n", "line 1"), (b"host = '\xe9'\n", "utf-8"), (b"port = 1\nport = 2", "overwrite")],
)
def test_a_file_that_is_not_toml_is_named(file: Path, content: bytes, reason: str) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsWrong, match=rf"settings file /.*passerelle\.toml.*{reason}.*; mend it or"):
        read_settings()


def test_settings_never_change() -> None:
    settings = read_settings()
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1  # type: ignore[misc]


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_reading_the_settings_makes_no_folder(tmp_path: Path) -> None:
    read_settings(home=tmp_path / "home")
    assert list(tmp_path.iterdir()) == []
