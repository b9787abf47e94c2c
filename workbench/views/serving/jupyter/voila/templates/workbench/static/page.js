// The page around the notebook, until it is ready and when its kernel is gone. Classic script, run in the head.
window.workbench_page = (() => {
  "use strict";
  const SECONDS = 1000;
  const PATIENCE = 20 * SECONDS; // now and then a load hangs for ever: so long after the last sign of work it begins again
  const NO_KERNEL = 180 * SECONDS; // before it has a kernel there is nothing to ask
  const TRIES = 3;
  const LOOK = 2 * SECONDS;
  const MB = 1 << 20;

  const said = JSON.parse(document.getElementById("workbench-page").textContent);
  const query = new URLSearchParams(location.search);
  const asked = query.get("lang");
  let words;
  const speak = (language) => {
    words = said.words[language];
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = words.title;
  };
  speak(asked in said.words ? asked : said.language);

  // The token did its work (a cookie holds the login now): it need not stay where others read over the shoulder.
  const show_query = () => {
    const rest = query.toString();
    history.replaceState(null, "", location.pathname + (rest ? "?" + rest : "") + location.hash);
  };
  if (query.has("token")) {
    query.delete("token");
    show_query();
  }

  // The language that somebody switches to is the page's own from then on, and comes back with it.
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.(".wb-lang button");
    if (!chosen) return;
    const language = chosen.textContent.trim() === "English" ? "en" : "zh";
    speak(language);
    query.set("lang", language);
    show_query();
  });

  // A link's settings are followed once: what is done from then on is saved, and comes back instead.
  const followed = () => {
    if (!query.has("plan")) return;
    query.delete("plan");
    show_query();
  };

  // Whoever leaves is asked only where something would be lost. Voila says goodbye to the kernel before they have
  // answered: not so where they may stay.
  let leaves = false;
  let asked_to_stay = false;
  addEventListener("beforeunload", (event) => {
    asked_to_stay = !leaves && document.querySelector(".wb-at-stake") !== null;
    if (!asked_to_stay) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  addEventListener("pagehide", () => {
    const config = asked_to_stay && JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "null");
    if (!config) return;
    const goodbye = new FormData();
    goodbye.append("_xsrf", document.cookie.match("\\b_xsrf=([^;]*)\\b")?.[1] ?? "");
    navigator.sendBeacon(`${config.baseUrl}voila/api/shutdown/${config.kernelId}`, goodbye);
  });
  const again = () => {
    leaves = true;
    location.reload();
  };

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
    const LOOKS = SECONDS / 4;
    let looked = performance.now();
    const timer = setInterval(() => {
      const patience = kernel_address() ? PATIENCE * (tries + 1) : NO_KERNEL;
      // A browser that comes to this late has been busy with the page itself.
      const late = performance.now() - looked - 2 * LOOKS;
      looked = performance.now();
      if (late > 0) sign += late;
      if (shown()) {
        clearInterval(timer);
        clearInterval(asks);
        begin();
      } else if (given_up() || performance.now() - sign > patience) {
        clearInterval(timer);
        clearInterval(asks);
        if (tries + 1 < TRIES) {
          store.tries = tries + 1;
          again();
        } else {
          store.tries = 0;
          stuck();
          const still = setInterval(() => { // should it come all the same, it works
            if (!shown()) return;
            clearInterval(still);
            begin();
          }, SECONDS);
        }
      }
    }, LOOKS);
  }

  // Whether what the notebook gave is there to be seen; where its cell failed it gave words alone, and no widgets come.
  const shown = () =>
    !document.getElementById("loading") &&
    (document.querySelector(".wb") !== null || document.querySelector(".jp-OutputArea-executeResult") === null);

  // The widgets' manager looks for them for two seconds; on a machine that is busy they may come just after.
  const given_up = () =>
    [...document.querySelectorAll(".jp-OutputArea-output.jupyter-widgets")]
      .some((place) => place.textContent.startsWith("Error displaying widget"));

  // Beginning again did not help: said where it is seen, with a button to try once more.
  function stuck() {
    say(words.stuck);
    if (!document.getElementById("loading")) offer_again(words.stuck).hidden = false;
  }

  function begin() {
    store.tries = 0;
    say_here();
    attend();
    name_parts();
  }

  // What changes before the page has made its widgets is lost to it: the kernel holds its answer until it hears of us.
  function say_here() {
    const said_it = setInterval(() => {
      const field = document.querySelector(".wb-here input");
      if (document.querySelector(".wb-card b")) {
        clearInterval(said_it);
        followed();
      } else if (field) {
        field.value = String(performance.now());
        for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
      }
    }, 200);
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

  // A process that is gone looks like a page on which nothing works: say so, within seconds.
  function attend() {
    const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    const alive = `${config.baseUrl}workbench/alive/${config.kernelId}`;
    const notice = offer_again(words.lost);
    let missed = 0;
    let asking = false;
    const look = async () => {
      if (asking) return;
      asking = true;
      let there = false;
      let gone = false;
      try {
        const told = await fetch(alive, { redirect: "manual", cache: "no-store" });
        there = told.ok;
        gone = told.status === 410;
      } catch { /* the server does not answer */ }
      asking = false;
      missed = there ? 0 : missed + 1;
      notice.hidden = !gone && missed < 2; // once may be the line's fault
    };
    setInterval(look, LOOK);
    document.addEventListener("visibilitychange", () => document.hidden || look());
  }

  // The notice above the page, with a button that loads it again.
  function offer_again(sentence) {
    const notice = document.getElementById("workbench-lost");
    notice.querySelector("span").textContent = sentence;
    const button = notice.querySelector("button");
    button.textContent = words.reload;
    button.onclick = again;
    return notice;
  }

  // Files: what is too large is refused here, where it can be said; of the rest one sees how far they are.
  const wires = new Set();
  let sent = false; // a message with a file
  let answered = false; // since then: it has arrived, however long it lay on the way
  const Wire = window.WebSocket;
  window.WebSocket = class extends Wire {
    constructor(...how) {
      super(...how);
      wires.add(this);
      this.addEventListener("close", () => wires.delete(this));
      this.addEventListener("message", () => { answered = true; });
    }
    send(data) {
      super.send(data);
      if ((data.byteLength ?? data.length) > MB / 2) [sent, answered] = [true, false];
    }
  };

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function tell(sentence, closes) {
    const notice = document.getElementById("workbench-upload");
    notice.hidden = !sentence;
    notice.querySelector("span").textContent = sentence;
    const button = notice.querySelector("button");
    button.textContent = words.close;
    button.hidden = !closes;
    button.onclick = () => { notice.hidden = true; };
  }

  const waiting = () => [...wires].reduce((bytes, wire) => bytes + wire.bufferedAmount, 0);

  // The button's field is never part of the page, so it is watched from when it is clicked for it.
  const watched = new WeakSet();
  const click = HTMLInputElement.prototype.click;
  HTMLInputElement.prototype.click = function () {
    if (this.type === "file" && !watched.has(this)) {
      watched.add(this);
      this.addEventListener("change", look_at, true);
    }
    return click.call(this);
  };

  function look_at(event) {
    const chosen = event.currentTarget;
    if (!chosen.files.length) return;
    // Several travel in one message, so together they must not be too large; if one alone is, it is named.
    const files = [...chosen.files];
    const whole = files.reduce((bytes, file) => bytes + file.size, 0);
    const alone = files.find((file) => file.size > said.largest);
    const named = (alone ? [alone] : files).map((file) => file.name);
    const name = named.slice(0, 3).join(", ") + (named.length > 3 ? ` … (${named.length})` : "");
    if (whole > said.largest) {
      event.stopImmediatePropagation();
      const size = ((alone ? alone.size : whole) / MB).toFixed(1);
      tell(fill(words.too_large, { name, size, most: Math.round(said.largest / MB) }), true);
      chosen.value = "";
      return;
    }
    const show = (share) => tell(fill(words.uploading, { name, share }), false);
    tell("", false);
    if (whole <= MB) return; // there before anybody could read that it is coming
    sent = false;
    show(0);
    const until = performance.now() + 60 * SECONDS; // for reading it; sending it may take as long as it takes
    const follow = setInterval(() => {
      if ((sent && answered) || !wires.size || (!sent && performance.now() > until)) {
        tell("", false);
        clearInterval(follow);
        return;
      }
      show(sent ? Math.max(0, Math.round(100 * (1 - waiting() / whole))) : 0);
    }, 200);
  }

  // What the widgets leave without a name, a role or a state, for whoever listens to the page or works it by keys.
  function name_all() {
    for (const handle of document.querySelectorAll(".noUi-handle")) {
      const label = handle.closest(".jupyter-widgets")?.querySelector(".widget-label")?.textContent;
      if (label && handle.getAttribute("aria-label") !== label) handle.setAttribute("aria-label", label);
    }
    for (const button of document.querySelectorAll(".widget-toggle-button")) {
      const pressed = String(button.classList.contains("mod-active"));
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
    for (const field of document.querySelectorAll(".jupyter-widgets input, .jupyter-widgets select")) {
      if (field.labels?.length && field.labels[0].textContent.trim()) continue;
      const words = field.placeholder || field.closest(".jupyter-widgets").title || words_beside(field);
      if (words && field.getAttribute("aria-label") !== words) field.setAttribute("aria-label", words);
    }
    for (const bar of document.querySelectorAll(".jupyter-widgets .progress, .widget-hprogress")) {
      if (!bar.hasAttribute("aria-label")) bar.setAttribute("aria-label", words.title);
    }
    for (const readout of document.querySelectorAll(".widget-readout[contenteditable]")) {
      const label = readout.closest(".jupyter-widgets")?.querySelector(".widget-label")?.textContent;
      if (label && readout.getAttribute("aria-label") !== label) {
        readout.setAttribute("role", "textbox");
        readout.setAttribute("aria-label", label);
      }
    }
    for (const scrolls of document.querySelectorAll(".wb-rows, .wb-status .fault, .wb-status .note, .wb-status .done")) {
      if (!scrolls.hasAttribute("tabindex")) scrolls.setAttribute("tabindex", "0");
    }
  }

  const words_beside = (field) => {
    const options = field.tagName === "SELECT" && field.selectedOptions[0]?.textContent;
    return options || words.title;
  };

  function name_parts() {
    const cells = document.getElementById("rendered_cells");
    cells.setAttribute("role", "main");
    let soon = 0;
    const changed = () => { soon = soon || requestAnimationFrame(() => { soon = 0; name_all(); }); };
    new MutationObserver(changed).observe(cells, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
    name_all();
  }

  return { watch };
})();
