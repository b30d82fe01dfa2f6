"""Nothing that a file or a person says can steer a terminal or a Markdown reader."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from report_sample import printed

from advisor.report.blocks import Bullets, Command, Heading, Item, Say, Title, safe
from advisor.report.markdown import as_markdown, escaped
from advisor.report.text import Report

HOSTILE = [
    "[red]a[/] [/] b",
    "\x1b[31ma\x1b[0m b",
    "\x1b]0;title\x07a b",
    "\x1b]8;;http://x\x1b\\a b\x1b]8;;\x1b\\",
    "a\u202e b\u2066",
    "a\x00\x9b b\x85",
    "a\r\nb\u2028c",
    "a\ud800 b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_leaves_no_character_that_steers(text: str) -> None:
    item = Item(text, text, text, (Item(text),))
    blocks = [Title(text), Heading(text), Say(item), Bullets((item,)), Command((text,))]
    for out in (printed(Report(blocks), color=False), as_markdown(blocks)):
        assert all(each.isprintable() or each == "\n" for each in out)
        assert "31m" not in out
        assert "title" not in out


def test_keeps_words_of_every_language() -> None:
    assert safe("Größe “ω” 膝 é — 5…") == "Größe “ω” 膝 é — 5…"


def test_does_not_read_markup() -> None:
    assert (
        printed(Report([Say(Item("[bold]x[/bold] [/] :smile:"))])) == "[bold]x[/bold] [/] :smile:\n"
    )


def test_folds_a_word_that_is_too_long() -> None:
    out = printed(Report([Bullets((Item("x" * 100),))]), 40)
    assert [len(line) for line in out.splitlines()] == [40, 40, 26]


@pytest.mark.parametrize(
    "text",
    [
        "*a* _b_ `c`",
        "# a",
        "- a",
        "1. a",
        "+ a",
        "a | b",
        "<b>a</b>",
        "[a](b)",
        "![a](b)",
        "&amp;",
        "a\\*",
        "~~a~~",
        "---",
        "> a",
        "leg_press_x",
    ],
)
def test_markdown_shows_the_text_itself(text: str) -> None:
    inline = MarkdownIt().enable(["strikethrough", "table"]).parse(escaped(text))
    assert [token.type for token in inline] == ["paragraph_open", "inline", "paragraph_close"]
    parts = inline[1].children or []
    assert {part.type for part in parts} <= {"text", "text_special"}
    assert "".join(part.content for part in parts) == text


def test_command_can_be_copied_from_a_narrow_terminal() -> None:
    out = printed(Report([Command(("legday", "plan", "--one", "1", "--two", "a b"))]), 24)
    assert out == "  legday plan --one 1 \\\n    --two 'a b'\n"
