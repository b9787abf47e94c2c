// The page around the notebook, until it is ready and when its kernel is gone. Classic script, run in the head.
window.workbench_page = (() => {
  "use strict";
  const SECONDS = 1000;
  const PATIENCE = 20 * SECONDS; // now and then a load hangs for ever: the first one is waited for this long
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
    const patience = PATIENCE * (tries + 1);
    const begun = performance.now();
    const timer = setInterval(() => {
      if (!document.getElementById("loading")) {
        clearInterval(timer);
        store.tries = 0;
        attend();
      } else if (performance.now() - begun > patience) {
        clearInterval(timer);
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

  // A kernel that is gone looks like a page on which nothing works: say so.
  function attend() {
    const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    const kernel = `${config.baseUrl}api/kernels/${config.kernelId}`;
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
