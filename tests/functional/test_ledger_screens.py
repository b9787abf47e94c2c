"""Every way a ledger was found to be messy, as the screen tells it."""

from __future__ import annotations

from tests.unit.inputs.ledger.messy import CASES, write
from workbench.errors import RegisterError
from workbench.inputs.ledger import examine
from workbench.labels import in_language
from workbench.views.ledgers import check_screen


def test_the_screen_says_everything(tmp_path):
    for case in CASES:
        path = write(case, tmp_path)
        try:
            examination = examine(path, case.mapping)
        except RegisterError:
            continue
        for language in ("zh", "en"):
            with in_language(language):
                screen = check_screen(examination)
                assert all(note.rule in screen for note in examination.notes), (case.name, language)
            assert str(tmp_path) not in screen
