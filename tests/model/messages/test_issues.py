"""What the check of a roster says: each rule in both languages, and on the page of rules."""

from __future__ import annotations

from pathlib import Path

from school_ektp.model.messages.issues import RULES


def test_every_rule_is_worded_in_both_languages():
    for name, wording in RULES.items():
        assert set(wording.texts) == {"id", "en"}, name
        assert ("{0}" in wording.texts["id"]) == ("{0}" in wording.texts["en"]), name


def test_the_page_on_rules_has_every_rule_with_its_severity():
    page = Path(__file__).parents[3] / "docs" / "how-to" / "roster-rules.md"
    text = page.read_text(encoding="utf-8")

    for name, wording in RULES.items():
        assert f"| `{name}` | {wording.severity} | " in text
