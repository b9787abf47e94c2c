// The page around the notebook, until it is ready and when its kernel is gone. Classic script, run in the head.
window.workbench_page = (() => {
  "use strict";
  const SECONDS = 1000;
  const PATIENCE = 20 * SECONDS; // now and then a load hangs for ever: so long after the last sign of work it begins again
  const NO_KERNEL = 180 * SECONDS; // before it has a kernel there is nothing to ask
  const TRIES = 3;
  const LOOK = 30 * SECONDS;

  const said = JSON.parse(document.getElementById("workbench-page").textContent);
  const query = new URLSearchParams(location.search);
  const asked = query.get("lang");
  const language = asked in said.words ? asked : said.language;
  const words = said.words[language];
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = words.title;

  // The token did its work (a cookie holds the login now): it need not stay where others read over the shoulder.
  if (query.has("token")) {
    query.delete("token");
    const rest = query.toString();
    history.replaceState(null, "", location.pathname + (rest ? "?" + rest : "") + location.hash);
  }

  const store = {
    // A browser may refuse to keep anything; then every load is the first.
    get tries() { try { return Number(sessionStorage.getItem("workbench-tries")) || 0; } catch { return 0; } },
    set tries(count) { try { sessionStorage.setItem("workbench-tries", String(count)); } catch { /* then not */ } },
  };

  const say = (text) => {
    const place = document.getElementById("loading_text");
    if (place) place.textContent = text;
  };

  function watch() {
    const tries = store.tries;
    say(tries ? words.again : words.starting);
    window.voila_process = (cell, cells) => {
      const bar = document.querySelector("#workbench-bar > div");
      if (bar) bar.style.width = `${Math.round(10 + (90 * cell) / (cells + 1))}%`;
    };
    // A machine that is busy, or a line that is slow, is not stuck: it counts from the last sign of work.
    let sign = performance.now();
    let files = 0;
    let asking = false;
    const asked = async () => {
      if (performance.getEntriesByType("resource").length !== files) {
        files = performance.getEntriesByType("resource").length;
        sign = performance.now();
      }
      const kernel = kernel_address();
      if (asking || !kernel) return;
      asking = true;
      try {
        const state = await (await fetch(kernel, { redirect: "manual", cache: "no-store" })).json();
        if (state.execution_state !== "idle") sign = performance.now();
      } catch { /* gone, or no answer: no sign of work */ }
      files = performance.getEntriesByType("resource").length; // our own question is no sign
      asking = false;
    };
    const asks = setInterval(asked, 2 * SECONDS);
    const timer = setInterval(() => {
      const patience = kernel_address() ? PATIENCE * (tries + 1) : NO_KERNEL;
      if (!document.getElementById("loading")) {
        clearInterval(timer);
        clearInterval(asks);
        store.tries = 0;
        attend();
      } else if (performance.now() - sign > patience) {
        clearInterval(timer);
        clearInterval(asks);
        if (tries + 1 < TRIES) {
          store.tries = tries + 1;
          location.reload();
        } else {
          store.tries = 0;
          say(words.stuck);
        }
      }
    }, 250);
  }

  // Where the state of this page's kernel is told; nowhere before it has one.
  function kernel_address() {
    const place = document.getElementById("jupyter-config-data");
    if (!place) return null;
    try {
      const config = JSON.parse(place.textContent);
      return `${config.baseUrl}api/kernels/${config.kernelId}`;
    } catch {
      return null; // still coming
    }
  }

  // A kernel that is gone looks like a page on which nothing works: say so.
  function attend() {
    const kernel = kernel_address();
    let missed = 0;
    const look = async () => {
      let there = false;
      try {
        there = (await fetch(kernel, { redirect: "manual", cache: "no-store" })).ok;
      } catch { /* the server does not answer */ }
      missed = there ? 0 : missed + 1;
      const notice = document.getElementById("workbench-lost");
      notice.hidden = missed < 2;
      if (missed === 1) setTimeout(look, 2 * SECONDS);
    };
    const notice = document.getElementById("workbench-lost");
    notice.querySelector("span").textContent = words.lost;
    const button = notice.querySelector("button");
    button.textContent = words.reload;
    button.addEventListener("click", () => location.reload());
    setInterval(look, LOOK);
    document.addEventListener("visibilitychange", () => document.hidden || look());
  }

  return { watch };
})();
