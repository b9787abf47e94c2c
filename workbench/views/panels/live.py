"""The fan as a widget: drawn once, shown in the panel that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.jobs.session import Session
from workbench.labels import in_language
from workbench.views.panels import parts
from workbench.views.panels.shapes import PANEL_DPI, Shape

if TYPE_CHECKING:
    from workbench.views.panels.live_fan import LiveFan


class Fan:
    """Redrawn whenever the answer or the language changes, for the panel that is open.

    Who cannot see it is told the answer's sentence. Each panel has a picture of its own: one widget shown in two places
    fails in the browser, and pictures that nobody sees need not be sent.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._pictures: dict[str, Any] = {}
        self._shapes: dict[str, Shape] = {}
        self._open = ""
        self._drawn: LiveFan | None = None
        session.signals.watch("answer", self.refresh)

    def picture(self, panel: str, shape: Shape) -> Any:
        """The picture of a panel, a `DescribedImage`."""
        self._shapes[panel] = shape
        if panel not in self._pictures:
            self._pictures[panel] = parts.picture(round(shape.width * PANEL_DPI), shown=True)
        return self._pictures[panel]

    def shows(self, panel: str) -> bool:
        """Whether a panel is the one that is open: the others need not draw."""
        return self._open == panel

    def turn_to(self, panel: str) -> None:
        """The panel that is open now."""
        self._open = panel
        self.refresh()

    def refresh(self) -> None:
        """Draw the answer there is, in the language in use."""
        session, picture = self.session, self._pictures.get(self._open)
        board, answer = session.board, session.answer
        if board is None or answer is None or picture is None:
            return
        # Loading what draws takes longer than anything else here, and is not needed before there is an answer.
        from workbench.views.panels.live_fan import Ground, LiveFan
        from workbench.views.panels.reach import answer_words

        shape = self._shapes[self._open]
        ground = Ground(board.calendar, answer.dates, board.rules.targets, board.ceiling.value)
        with in_language(session.language):
            if self._drawn is None or not self._drawn.fits(ground, shape):
                self._drawn = LiveFan(ground, shape)
            picture.show(self._drawn.draw(answer, session.baseline), answer_words(session)[1])
