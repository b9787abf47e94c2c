"""The one state that all panels show and change. No widgets here: everything can be done, and tested, without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal

from workbench.errors import ScenarioError
from workbench.jobs.session.reallocation import moved
from workbench.jobs.session.state import State
from workbench.jobs.session.states import KeptPlan, Step
from workbench.jobs.session.threads import Ticket
from workbench.labels import text
from workbench.numbers import percent

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.jobs.session.board import Answer, Board
    from workbench.jobs.session.opening import Opened
    from workbench.planning.allocation import Allocation
    from workbench.planning.gap import Gap

#: Changed rules under these paths change who joins whom, so that joint branches are planned anew.
REGROUPS = ("grouping.", "policy.two_members", "policy.member_basis", "policy.denominator")
#: Rules that name organizations; those of the scenario that was opened, not those that were added since.
DEMANDS = ("pinned", "forbidden")
#: How a grouping ends whose answer the clock, or a person, decided: solving again may give another one.
STOPPED = ("cancelled", "time_limit")
#: Steps that can be undone.
MOST_STEPS = 50
#: Moves of one slider that follow each other within so many seconds are one step.
ONE_MOVE = 1.0


class Session(State):
    """What can be done with a plan: open, move, change, regroup, optimise, go back, keep.

    Methods that take long start a job and return at once; what they find is told when it is there. Errors go to
    `message`. Its parameters are those of `State`.
    """

    # -- opening ---------------------------------------------------------------------------------------------

    def open(
        self,
        register: pd.DataFrame | str | Path | None,
        scenario: Scenario | str | Path,
        grouping: Grouping | None = None,
        *,
        cleanup: Callable[[], None] = lambda: None,
        named: str | None = None,
        uploaded: bool = False,
        saved: Mapping[str, Any] | None = None,
        settings: str | None = None,
    ) -> None:
        """Begin with a register and a scenario, in memory or as files, in a job.

        Parameters
        ----------
        register
            None takes the one that the scenario names.
        scenario
            a scenario or its file.
        grouping
            who joins whom, if that is known already.
        cleanup
            called at the end, however it ends.
        named
            what the scenario is to call the register; by default it keeps its own name for it.
        uploaded
            the scenario came from a visitor: it may name no file of this machine but shipped scenarios.
        saved
            work to take up again (`saving.snapshot`); where it does not fit any more, that is said.
        settings
            of a link, to be laid over the scenario; over work that is taken up again they are a step, to be undone.
        """
        self._asked = scenario
        other_register = named is not None and not uploaded
        free = self._demands if other_register and self.ready else None
        served = self.served is not None and scenario is self.served[1]

        def work(ticket: Ticket) -> Opened:
            # Loaded in the job: the page is there meanwhile.
            from workbench.jobs.session.opening import read_and_plan

            try:
                return read_and_plan(
                    register, scenario, grouping, self.replications, self.seed, ticket,
                    named=named, uploaded=uploaded, saved=saved, free=free, settings=settings,
                )  # fmt: skip
            finally:
                cleanup()

        def done(opened: Opened) -> None:
            self.own_register = other_register or (self.own_register and uploaded)
            if served:
                self.link_base = opened.asked
            self._opened(opened, solved=grouping is None)
            if opened.revived is not None and settings:
                self._follow(settings, opened.asked)

        self.run("open", work, done)

    def _opened(self, opened: Opened, *, solved: bool) -> None:
        for name in ("recompute", "optimise", "gap"):
            self.jobs.cancel(name)  # they work on what was open before
        self.register, self._rules, self.board, self.answer, told, _, revived = opened
        self.begun = self._rules
        self._own, self.kept = None, {}
        self._steps.clear()
        self._undone.clear()
        self.last, self.baseline, self.gap = None, self.answer, None
        self.total = sum(self.board.given.values())
        self._solved = solved and self.board.grouping.status not in STOPPED
        demands = self.rules.grouping.model_dump()
        self._demands = {f"grouping.{name}": demands[name] for name in DEMANDS}
        if revived is not None:
            now = revived.now
            self._own, self.total, self._solved = now.own, now.total, now.solved
            self.begun, self.baseline, self.kept = revived.first, revived.baseline, revived.kept
            self._steps, self._undone = revived.steps, revived.undone
            demands = revived.first.grouping.model_dump()
            self._demands = {f"grouping.{name}": demands[name] for name in DEMANDS}
        self._fair = self.board.shared(self.total, "by_need")
        self.signals.tell("opened", "rules", "grouping", "answer", "gap", "kept")
        self.memory.opened()
        # Said last: whoever reads that it is done finds everything shown.
        words = partial(_all_of, told)
        self.say("note", words) if words() else self.hush()

    def _follow(self, settings: str, served: Scenario) -> None:
        """Go on with a link's settings from one's own work, on the register that is open; in a job."""
        from workbench.jobs.session.link import settings_from_link

        try:
            changes = settings_from_link(settings)
            rules = served.replace({**changes, "register": self.rules.register_path})
        except (ScenarioError, ValueError):
            self.say("note", lambda: text("panel.link_unreadable"))
            return
        self._remember()
        self._rules, self._own = rules, None
        self.signals.tell("rules")
        self._recompute(regroup=True, warm=False, told=lambda: text("panel.link_followed"))

    def start_over(self) -> None:
        """Open again what was served, as if nothing had been done."""
        if self.served is not None:
            register, scenario = self.served
            self.memory.forget()
            self.signals.tell("forgotten")
            self.open(register, scenario)

    def open_register(self, path: Path, cleanup: Callable[[], None] = lambda: None) -> None:
        """Open another register under the rules there are; who was pinned in the old one is free again.

        KeptPlan plans and steps come along where they can apply.

        Parameters
        ----------
        path
            its file. A scenario that is saved names it without its folder.
        cleanup
            called once the file has been read, or could not be.
        """
        rules = self._rules.replace(self._demands) if self._rules else self._asked
        if rules is None:
            return
        saved = None
        if self.ready:
            from workbench.jobs.session.saving import snapshot

            saved = snapshot(self)
        self.open(path, rules, cleanup=cleanup, named=path.name, saved=saved)

    def open_scenario(self, path: Path, cleanup: Callable[[], None] = lambda: None) -> None:
        """Open another scenario that was uploaded, such as one saved here, on the register that is open."""
        named = self._rules.register_path if self._rules else None
        self.open(self.register, path, cleanup=cleanup, named=named, uploaded=True)

    # -- instructors -----------------------------------------------------------------------------------------

    def move(self, responsible: str, wanted: int) -> None:
        """Give a responsible unit so many instructors; with `keep_total` others give them (`reallocation.moved`)."""
        kept = self.total if self.keep_total else None
        after = moved(self.instructors, responsible, wanted, total=kept, fair=self._fair)
        now = monotonic()
        same = self._last_move[0] == responsible and now - self._last_move[1] < ONE_MOVE
        self._place(after, new_step=not same)
        self._last_move = (responsible, now)

    def set_total(self, total: int) -> None:
        """Have so many instructors in all; if responsible units have more, those beyond their fair share give first."""
        after = self.instructors
        if sum(after.values()) > total:
            after = moved({**after, "": 0}, "", 0, total=total, fair=self._fair)
            del after[""]
        self._place(after, total=total)

    def share_out(self, how: Literal["equal", "by_organizations", "by_need"]) -> None:
        """Share the total anew."""
        if self.board is not None:
            self._place(self.board.shared(self.total, how))

    def optimise(self) -> None:
        """Send the total where it does most, in a job.

        The search sees other random numbers than the panels show: what it finds looks too good on its own.
        """
        if self.board is None:
            return
        board, scenario, total, begun = self.board, self.scenario, self.total, self.instructors

        def work(ticket: Ticket) -> Allocation:
            from workbench.planning.allocation import allocate

            return allocate(
                board.register,
                scenario,
                board.grouping,
                total=total,
                replications=self.replications,
                seed=self.seed ^ 1,
                progress=ticket.progress,
            )

        def done(allocation: Allocation) -> None:
            if self.board is not board or self.instructors != begun:
                self.say("note", lambda: text("panel.stale_allocation"))
                return
            self._place({str(responsible): int(n) for responsible, n in allocation.instructors.items()})
            self.say("done", lambda: text("panel.optimised", sample=percent(allocation.sample_probability)))

        self.run("optimise", work, done)

    def _place(self, after: dict[str, int], *, total: int | None = None, new_step: bool = True) -> None:
        if self.board is None or self.answer is None:
            return
        same = after == self.instructors
        if same and total in (None, self.total):
            return
        if new_step:
            self._remember()
        self._last_move = ("", float("-inf"))
        self._own = after
        used = sum(after.values())
        self.total = total if total is not None else self.total if self.keep_total else used
        if any(job.name == "recompute" for job in self.jobs.running):
            # The job that is running asks for the instructors when it is done.
            self.signals.tell("rules")
            return
        if not same:
            answer = self.board.answer(after)
            if new_step:
                self.last = self.answer
            self.answer = answer
            if self.message is not None and self.message.level == "done":
                self.hush()
        self._drop_gap()
        self.signals.tell("answer")

    # -- rules and grouping ----------------------------------------------------------------------------------

    def change(self, changes: Mapping[str, Any]) -> None:
        """Change rules by their paths in a scenario; what follows is worked out in a job.

        Raises
        ------
        ScenarioError
            the values do not make a scenario; nothing is changed.
        """
        rules = self.rules.replace(changes)
        if rules == self.rules:
            return
        self._remember()
        self._rules = rules
        self.signals.tell("rules")
        self._recompute(regroup=any(path.startswith(REGROUPS) for path in changes), warm=False)

    def regroup(self, method: str = "optimal", *, changes: Mapping[str, Any] | None = None, warm: bool = True) -> None:
        """Plan joint branches anew, in a job.

        Parameters
        ----------
        method
            as for `group`.
        changes
            rules to change before, by path.
        warm
            begin from the grouping there is.
        """
        rules = self.rules.replace(changes) if changes else self.rules
        self._remember()
        self._rules = rules
        self.signals.tell("rules")
        self._recompute(regroup=True, method=method, warm=warm)

    def take(self, scenario: Scenario, grouping: Grouping) -> None:
        """Make another scenario of the same register the present plan, with its joint branches; can be undone."""
        if self.board is None:
            return
        self._remember()
        if self.board.without_places:
            scenario = scenario.replace("grouping.facilities", list(self.rules.grouping.facilities))
        self._solved = self._solved and grouping is self.board.grouping
        self._rules, self._own = scenario, None
        self.signals.tell("rules")
        self._recompute(regroup=False, grouping=grouping)

    def pin(self, org_id: str, kind: str, facility: str) -> None:
        """Want a unit at a place, and solve again from here."""
        pinned = {key: list(place) for key, place in self.rules.grouping.pinned.items()}
        self.regroup(changes={"grouping.pinned": {**pinned, org_id: [kind, facility]}})

    def unpin(self, org_id: str) -> None:
        """Leave a unit free again, pinned or forbidden, and solve again from here."""
        rules = self.rules.grouping
        self.regroup(
            changes={
                "grouping.pinned": {key: list(place) for key, place in rules.pinned.items() if key != org_id},
                "grouping.forbidden": [list(rule) for rule in rules.forbidden if rule[0] != org_id],
            }
        )

    def forbid(self, org_id: str, kind: str, facility: str) -> None:
        """Rule a place out for a unit, and solve again from here."""
        forbidden = [list(rule) for rule in self.rules.grouping.forbidden]
        self.regroup(changes={"grouping.forbidden": [*forbidden, [org_id, kind, facility]]})

    def _recompute(
        self,
        *,
        regroup: bool,
        method: str = "optimal",
        warm: bool = True,
        grouping: Grouping | None = None,
        leads: Scenario | None = None,
        told: Callable[[], str] | None = None,
    ) -> None:
        """A board for the rules there are, with a new grouping (of the rules that lead to it) or the one given."""
        if self.board is None or self.register is None:
            return
        register, rules, good = self.register, self.rules, self.board
        start = good.grouping if warm else None
        solved = self._solved

        def work(ticket: Ticket) -> tuple[Board, Answer]:
            from workbench.grouping import group
            from workbench.jobs.plan import plannable
            from workbench.jobs.session.board import Board

            fitting, _ = plannable(register, rules)
            found = grouping or good.grouping
            if regroup:
                fixed = plannable(register, leads)[0] if leads is not None else fitting
                found = group(register, fixed, method=method, start=start, seed=self.seed, progress=ticket.grouping)
            ticket.check()
            board = Board(
                register, fitting, found,
                replications=self.replications, seed=self.seed, kept=good.desk.kept, asked=rules,
            )  # fmt: skip
            return board, board.answer(self._own or board.given)

        def done(result: tuple[Board, Answer]) -> None:
            self.board, answer = result
            if self._own is None:
                self.total = sum(self.board.given.values())
            self._fair = self.board.shared(self.total, "by_need")
            if regroup:
                optimal = solved if leads is not None else method == "optimal" and not warm
                self._solved = optimal and self.board.grouping.status not in STOPPED
            if answer.instructors != self.instructors:
                answer = self.board.answer(self.instructors)
            self.last, self.answer = self.answer, answer
            self._drop_gap()
            self.signals.tell("rules", "grouping", "answer")
            # Said last: whoever reads that it is done finds everything shown.
            summary = self.board.grouping.summary if regroup else lambda: text("panel.recomputed")
            self.say("done", told or summary)

        def back() -> None:
            # Rules that cannot be met leave the last ones that could.
            self._rules = good.asked
            if self._steps:
                self._steps.pop()
            self.signals.tell("rules")

        self.run("recompute", work, done, back)

    # -- steps -----------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Go one step back."""
        if self._steps and self.board is not None:
            self._undone.append(self.present)
            self._go_to(self._steps.pop())

    def redo(self) -> None:
        """Do again what was undone last."""
        if self._undone and self.board is not None:
            self._steps.append(self.present)
            self._go_to(self._undone.pop())

    def _go_to(self, step: Step) -> None:
        if self.board is None:
            return
        self.jobs.cancel("recompute")
        same = step.rules == self.board.asked and step.grouping is self.board.grouping
        self._rules, self._own, self._solved, self.total = step.rules, step.own, step.solved, step.total
        self._last_move = ("", float("-inf"))
        if not same:
            self.signals.tell("rules")
            self._recompute(regroup=step.grouping is None, grouping=step.grouping, leads=step.leads, warm=False)
            return
        self.last, self.answer = self.answer, self.board.answer(self.instructors)
        self._drop_gap()
        self.signals.tell("rules", "answer")

    def _remember(self) -> None:
        if self.board is None:
            return
        self._steps.append(self.present)
        self._undone.clear()
        del self._steps[:-MOST_STEPS]

    # -- gap -------------------------------------------------------------------------------------------------

    def explain(self) -> None:
        """Split the gap of the present state into its parts, in a job."""
        if self.board is None:
            return
        board, scenario, answer = self.board, self.scenario, self.answer

        def work(ticket: Ticket) -> Gap:
            from workbench.planning.gap import explain_gap

            campaign = board.register, scenario, board.grouping
            return explain_gap(
                *campaign, replications=self.replications, seed=self.seed, progress=ticket.progress
            )  # fmt: skip

        def done(found: Gap) -> None:
            if self.answer is answer:
                self.gap = found
                self.signals.tell("gap")

        self.run("gap", work, done)

    def _drop_gap(self) -> None:
        self.jobs.cancel("gap")
        if self.gap is not None:
            self.gap = None
            self.signals.tell("gap")

    # -- scenarios that are kept -----------------------------------------------------------------------------

    def keep(self, name: str) -> None:
        """Keep the present state under a name; an earlier one of that name is replaced, but not another page's."""
        asked = name.strip()
        if not asked or self.board is None or self.answer is None:
            return
        name = self.free_name(asked)
        scenario = self.as_scenario(name)
        top, step = self.board.ceiling.value, self.present
        self.kept[name] = KeptPlan(name, scenario, self.board.grouping, self.answer, top, step, self.yaml_of(scenario))
        self.signals.tell("kept")
        if name != asked:
            self.say("note", lambda: text("panel.kept_elsewhere", asked=asked, name=name))

    def recall(self, name: str) -> None:
        """Go back to a state that was kept; that can be undone."""
        state = self.kept.get(name)
        if state is not None:
            self._remember()
            self._go_to(state.step)

    def drop(self, name: str) -> None:
        """Forget a state that was kept."""
        if self.kept.pop(name, None) is not None:
            self.signals.tell("kept")

    def stop(self, name: str) -> None:
        """Stop a job: planning joint branches ends with the best so far, anything else without a result."""
        job = next((job for job in self.jobs.running if job.name == name), None)
        if job is not None and (name == "recompute" or (name == "open" and not self.ready)):
            job.ticket.hurry()
        else:
            self.jobs.cancel(name)


def _all_of(told: Iterable[Callable[[], Iterable[str]]]) -> str:
    """A line each, in the language in use."""
    return "\n".join(sentence for sentences in told for sentence in sentences())
