"""What the speed claims rest on: every one is a ratio against a named peer, measured in the same run.

    make bench                                  all sections but the long ones
    make bench section=simulation               one section, or several in quotes
    .venv/bin/python -m benchmarks simulation   the same, once `make bench` has set things up
    .venv/bin/python -m benchmarks --list       what there is; --all runs the long ones too

Each section rewrites its own part of ``RESULTS.md`` and leaves the others as they are.

How to add a section
--------------------
1. Write ``benchmarks/<name>.py`` with a docstring whose first line says what the section shows, and three names::

       TITLE = "Grouping"            # its heading in RESULTS.md
       LONG = False                  # True: only run when it is named, or with --all

       def measure() -> Iterator[str]:
           yield "A paragraph that says what was measured, against whom, and what is left out."
           yield table(frame)        # a DataFrame as Markdown

   `measure` yields blocks of Markdown; what is yielded is shown on the screen at once.
2. Name it in `SECTIONS` of ``benchmarks/sections.py``, where it shall stand in RESULTS.md.

Import a peer that only `make bench` installs (Ciw, ortools) inside functions: the tests load every section without.
Machine, versions and date are put under the heading by the frame; name further packages in ``PACKAGES = ("ortools",)``.
`benchmarks.measuring` has what every section needs: CPU seconds (`cpu_seconds`), a fresh process with its own peak
memory (`in_child`), tables (`table`). Measure CPU time, not the clock, since other work on the machine disturbs it
less; take medians, and ratios within one run.
"""
