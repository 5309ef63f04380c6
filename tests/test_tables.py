from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from service.errors import ConfigurationError
from service.tables import Table, read_toml

Colour = Literal["red", "green"]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    path = tmp_path / "file.toml"
    path.write_text(
        """
        name = "خلاصة"
        empty = ""
        colour = "red"
        colours = ["red", "green"]
        twice = ["red", "red"]
        count = 3
        share = 0.5
        yes = true
        [inner]
        name = "deep"
        [inner.deeper]
        [[rows]]
        id = 1
        [[rows]]
        id = 2
        """,
        "utf-8",
    )
    return read_toml(path)


def test_values_come_out_typed(table: Table) -> None:
    assert table.text("name") == "خلاصة"
    assert table.optional_text("name") == "خلاصة"
    assert table.optional_text("absent") is None
    assert table.choice("colour", Colour) == "red"
    assert table.choice("absent", Colour, "green") == "green"
    assert table.choices("colours", Colour) == ("red", "green")
    assert table.texts("absent", ()) == ()
    assert table.number("count", 0, 5) == 3
    assert table.number("share", 0.0, 1.0) == 0.5
    assert table.number("count", 0.0, 5.0) == 3.0
    assert table.boolean("yes") is True
    assert table.boolean("absent") is False
    assert [row.number("id", 1, 2) for row in table.tables("rows")] == [1, 2]


@pytest.mark.parametrize(
    ("read", "place"),
    [
        (lambda t: t.text("absent"), "absent"),
        (lambda t: t.text("empty"), "empty"),
        (lambda t: t.text("count"), "count"),
        (lambda t: t.texts("name"), "name"),
        (lambda t: t.choice("name", Colour), "name"),
        (lambda t: t.choices("twice", Colour), "twice"),
        (lambda t: t.number("count", 0, 2), "count"),
        (lambda t: t.number("share", 0, 2), "share"),
        (lambda t: t.number("yes", 0, 2), "yes"),
        (lambda t: t.boolean("count"), "count"),
        (lambda t: t.table("name"), "name"),
        (lambda t: t.tables("inner"), "inner"),
        (lambda t: t.table("inner").text("absent"), "inner.absent"),
        (lambda t: t.table("inner").table("deeper").text("absent"), "inner.deeper.absent"),
        (lambda t: t.tables("rows")[1].text("id"), "rows.1.id"),
    ],
)
def test_a_mistake_names_the_file_and_the_dotted_key(table: Table, read, place: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(table)
    assert str(caught.value).startswith(f"{table.path}: {place}: ")
    assert caught.value.details == {"file": str(table.path), "key": place}


def test_what_nobody_reads_is_refused_with_what_is_read(table: Table) -> None:
    inner = table.table("inner")
    inner.text("name")
    with pytest.raises(ConfigurationError, match=r"inner\.deeper: is not known here.*: name"):
        inner.close()
    inner.table("deeper").close()
    inner.close()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.toml"):
        read_toml(tmp_path / "none.toml")
