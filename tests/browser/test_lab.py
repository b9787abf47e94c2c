"""The same notebook in JupyterLab: run all, move a slider, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.visitor import TABS, Planner, Visitor
from tests.serving import TOKEN

#: Run All before there is a kernel does nothing, and says so to nobody. A notebook without one calls itself idle, too.
KERNEL_READY = """() => {
    const state = document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status;
    const name = document.querySelector('.jp-KernelName')?.innerText;
    return state === 'idle' && name && name !== 'No Kernel';
}"""


def test_the_planner_runs_in_jupyterlab(come: Callable[..., Visitor], lab: str) -> None:
    visitor = come(width=1600, height=1000)
    page = visitor.page
    visitor.open(f"{lab}/lab/tree/notebooks/app/planner.ipynb?token={TOKEN}", ".jp-Notebook .jp-CodeCell")
    page.wait_for_function(KERNEL_READY)
    page.locator("#jp-MainMenu >> text=Run").click()
    page.locator(".lm-Menu").get_by_text("Run All Cells", exact=True).click()
    page.wait_for_selector(Planner.READY)
    page.locator(".wb-nav button").nth(list(TABS).index("instructors")).click()
    row = page.locator(".wb-row").locator("visible=true").nth(2)
    row.locator(".noUi-handle").focus()
    before = page.inner_text(".wb-strip")
    page.keyboard.press("Home")  # nobody there any more
    page.wait_for_function("before => document.querySelector('.wb-strip').innerText !== before", arg=before)
    assert row.locator(".widget-readout").inner_text() == "0"
    assert page.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0
    visitor.photograph("10_lab_zh")
    # No pop-up asks whether news may be fetched: that would be another machine.
    assert page.locator(".jp-toast-button, .Toastify__toast").count() == 0
    assert visitor.hosts == {lab.split("/")[2]}
