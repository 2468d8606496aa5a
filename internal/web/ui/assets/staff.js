"use strict";
/* What the pages cannot do without a script: keys, the next row, the state of the blue button, one press for one form.
   Everything works without it. Pages say what they have by attributes:

     data-key="KeyQ"   a button, link or summary that this key (event.code) presses; in a row only while it is selected
     data-rows         a list; data-row a row of it; a[data-open] in a row is followed when the row is selected
     data-digits       answers that 1–9 choose (else the digits choose a row)
     data-choices      a form whose blue button waits for an answer: its data-wait is what it says until then, its
                       data-wait-touch where there are no keys
     data-auto         a select that sends its form when it changes
     data-opens        a part that, once filled by a row, stands alone on a phone (its parent gets the class "opened")
     data-show-keys    a button that opens the table of keys; data-keys-off in it switches single keys off (WCAG 2.1.4)
     data-print-now    a page that is printed as soon as it is there, once
     data-into         a select whose answer is written into the box of that id
     data-every        a box that ticks all boxes of that name in its form; it says how many are ticked
     data-print        a button that prints the page, or the paper in its data-print-this                              */
(function () {
  const SCANNER = 35;   // ms: a person does not type so fast
  const CODE = 6;       // characters: a shorter burst was a person after all
  const off = () => { try { return localStorage.getItem("keys") === "off"; } catch (e) { return false; } };
  const all = (sel, root) => Array.from((root || document).querySelectorAll(sel));
  const seen = (el) => el.getClientRects().length > 0;

  /* fields and buttons keep their own keys */
  const writing = (el) => el && (el.isContentEditable || el.tagName === "TEXTAREA" || el.tagName === "SELECT" ||
    el.tagName === "INPUT" && !/^(radio|checkbox|submit|button)$/.test(el.type));
  const pressing = (el) => el && (el.tagName === "BUTTON" || el.tagName === "SUMMARY" || el.tagName === "A" && !el.hasAttribute("data-open"));

  /* rows */
  const list = () => all("[data-rows]").find(seen);
  const rows = (l) => l ? all("[data-row]", l).filter(seen) : [];
  const selected = (l) => l && l.querySelector('[data-row][aria-selected="true"]');

  function select(row) {
    const l = row.closest("[data-rows]"), was = selected(l);
    if (was === row) return;
    if (was) was.setAttribute("aria-selected", "false");
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    l.dispatchEvent(new CustomEvent("bianmin:selected", { bubbles: true, detail: row }));
  }

  function choose(row) {
    select(row);
    const a = row.querySelector("a[data-open]");
    if (a) a.click();
  }

  function step(by) {
    const l = list(), rs = rows(l);
    if (!rs.length) return false;
    const at = rs.indexOf(selected(l));
    choose(rs[at < 0 ? 0 : Math.max(0, Math.min(rs.length - 1, at + by))]);
    return true;
  }

  function digit(n) {
    const answers = all("[data-digits]").filter(seen)[0];
    if (answers) {
      const input = all("input[type=radio]", answers)[n - 1];
      if (input) input.click();
      return !!input;
    }
    const row = rows(list())[n - 1];
    if (row) choose(row);
    return !!row;
  }

  function press(code) {
    const found = all('[data-key="' + code + '"]').filter(seen);
    const open = document.querySelector("dialog[open]");
    const here = selected(list());
    const el = open ? found.find((x) => open.contains(x))
      : found.find((x) => here && here.contains(x)) || found.find((x) => !x.closest("[data-row]"));
    if (!el || el.getAttribute("aria-disabled") === "true") return false;
    el.click();
    return true;
  }

  function act(k) {
    const pulled = document.querySelector("details.filter[open]");
    if (k.code === "Escape" && pulled) { pulled.open = false; return true; }
    if (k.code === "Slash" && k.shift) return showKeys();
    if (k.code === "Slash") { const f = document.getElementById("find"); if (f) { f.focus(); f.select(); } return !!f; }
    if (press(k.code)) return true;
    if (k.code === "KeyJ" || k.code === "ArrowDown") return step(1);
    if (k.code === "KeyK" || k.code === "ArrowUp") return step(-1);
    const d = /^(?:Digit|Numpad)([1-9])$/.exec(k.code);
    return d && !k.shift ? digit(+d[1]) : false;
  }

  function showKeys() {
    const d = document.getElementById("keys");
    if (!d || !d.showModal) return false;
    if (d.open) d.close(); else d.showModal();
    return true;
  }

  /* A burst of keys is a scanner: it goes to the search. Anything else is done key by key, 35 ms later. */
  let burst = [], last = 0, timer = 0;

  function flush(ended) {
    clearTimeout(timer);
    const keys = burst;
    burst = [];
    const text = keys.map((k) => k.key.length === 1 ? k.key : "").join("");
    const find = document.getElementById("find");
    if (ended && text.length >= CODE && find) {
      find.value = text;
      find.form.submit();
      return true;
    }
    keys.forEach(act);
    return false;
  }

  document.addEventListener("keydown", (e) => {
    const el = document.activeElement;
    if (e.isComposing || e.keyCode === 229 || e.ctrlKey || e.altKey || e.metaKey) {
      if (e.ctrlKey && e.key === "Enter" && el && el.form && el.form.requestSubmit) el.form.requestSubmit(Array.from(el.form.elements).find((x) => x.type === "submit"));
      return;
    }
    if (e.key === "Escape" && writing(el)) { el.blur(); const d = el.closest("details.filter"); if (d) d.open = false; return; }
    if (writing(el) || off()) return;
    if (e.key === "Enter" || e.key === " ") {
      if (pressing(el)) return;
      e.preventDefault();
      if (e.key === "Enter") { if (!flush(true)) press("Enter"); } else { flush(false); press("Space"); }
      return;
    }
    if (/^Arrow/.test(e.code) && (!list() || el && el.type === "radio")) return;
    if (/^Arrow/.test(e.code) || e.code === "Slash" || e.code === "Escape") {
      if (act({ code: e.code, key: e.key, shift: e.shiftKey })) e.preventDefault();
      return;
    }
    if (e.key.length !== 1) return;
    const now = e.timeStamp;
    if (burst.length && now - last > SCANNER) flush(false);
    last = now;
    burst.push({ code: e.code, key: e.key, shift: e.shiftKey });
    clearTimeout(timer);
    timer = setTimeout(() => flush(burst.length >= CODE), SCANNER);
  });

  function printOut() {
    const paper = document.querySelector("iframe[data-print-this]");
    if (!paper) window.print();
    else if (paper.offsetParent) paper.contentWindow.print();
  }

  document.addEventListener("click", (e) => {
    const row = e.target.closest("[data-row]");
    if (row) {
      const a = row.querySelector("a[data-open]");
      select(row);
      if (a && !e.target.closest("a, button, input, label, summary")) a.click();
      if (a && a.contains(e.target)) a.blur();
    }
    if (e.target.closest("[data-print]")) printOut();
    if (e.target.closest("[data-show-keys]")) showKeys();
  });

  /* the blue button says what it will do, and waits for an answer */
  const noKeys = matchMedia("(max-width: 60rem), (hover: none) and (pointer: coarse)");   // as the style hides the keys, and any glass
  function follow(form) {
    const button = form.querySelector("[data-wait]") || document.querySelector('[data-wait][form="' + form.id + '"]');
    const chosen = form.querySelector(".choice input[type=radio]:checked");
    if (!button) return;
    button.setAttribute("aria-disabled", chosen ? "false" : "true");
    const label = button.querySelector(".label") || button;
    label.textContent = chosen ? chosen.getAttribute("data-does") : button.getAttribute(noKeys.matches ? "data-wait-touch" : "data-wait");
    const need = chosen && chosen.closest(".choice").querySelector("[data-need]");
    const more = chosen && chosen.closest(".choice").querySelector(".ask-more");
    if (more) more.scrollIntoView({ block: "nearest" });
    if (need && seen(need) && !need.value) need.focus();
  }
  document.addEventListener("change", (e) => {
    const form = e.target.closest("form[data-choices]");
    if (form && e.target.type === "radio") follow(form);
    if (e.target.hasAttribute("data-keys-off")) try { localStorage.setItem("keys", e.target.checked ? "off" : "on"); } catch (x) { /* the browser keeps nothing: keys stay on */ }
  });

  /* a standing wording is written into its text, where it can be changed */
  document.addEventListener("change", (e) => {
    const into = e.target.getAttribute("data-into");
    const text = into && document.getElementById(into);
    if (text && e.target.value) {
      text.value = e.target.value;
      const blank = text.value.indexOf("＿＿");
      text.focus();
      if (blank >= 0) text.setSelectionRange(blank, blank + 2);
    }
  });

  /* all boxes of a list at once */
  function every(form) {
    const label = form && form.querySelector("[data-every]");
    if (!label) return;
    const box = label.querySelector("input"), list = all('input[name="' + label.getAttribute("data-every") + '"]', form);
    const on = list.filter((x) => x.checked).length;
    label.hidden = list.length < 2;
    box.checked = on > 0 && on === list.length;
    box.indeterminate = on > 0 && on < list.length;
    label.querySelector("span").textContent = on ? "全选，选了 " + on + " 件" : "全选";
  }
  document.addEventListener("change", (e) => {
    const label = e.target.closest("[data-every]");
    if (label) all('input[name="' + label.getAttribute("data-every") + '"]', e.target.form).forEach((x) => { x.checked = e.target.checked; });
    every(e.target.form);
  });

  /* in a text Enter is a new line: the blue button says what presses it from there */
  function inText(e) {
    const form = e.target.tagName === "TEXTAREA" && e.target.form;
    const cap = form && form.querySelector('.btn[data-key="Enter"] kbd');
    if (cap) cap.textContent = e.type === "focusin" ? "Ctrl+Enter" : "Enter";
  }
  document.addEventListener("focusin", inText);
  document.addEventListener("focusout", inText);

  /* one press, one form */
  document.addEventListener("click", (e) => {
    const b = e.target.closest('[aria-disabled="true"]');
    if (b) e.preventDefault();
  }, true);
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("data-sent")) { e.preventDefault(); return; }
    form.setAttribute("data-sent", "");
    setTimeout(() => {
      const b = form.querySelector(".btn[type=submit]:not(.grey)") || document.querySelector('.btn[form="' + form.id + '"]');
      if (b && form.hasAttribute("data-sent")) { b.setAttribute("aria-busy", "true"); (b.querySelector(".label") || b).textContent = "正在办…"; }
    }, 300);
  });
  document.addEventListener("htmx:afterRequest", (e) => { const f = e.target.closest && e.target.closest("form"); if (f) f.removeAttribute("data-sent"); });
  document.addEventListener("change", (e) => { if (e.target.hasAttribute("data-auto") && e.target.form.requestSubmit) e.target.form.requestSubmit(); });
  addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });

  document.addEventListener("toggle", (e) => {
    const first = e.target.matches("details.filter[open]") && e.target.querySelector(".input");
    if (first) first.focus();
  }, true);

  /* a link to a closed part opens it */
  function openTarget() {
    const d = location.hash && document.getElementById(location.hash.slice(1));
    if (!d || d.tagName !== "DETAILS") return;
    d.open = true;
    d.scrollIntoView({ block: "nearest" });
    const first = d.querySelector(".input");
    if (first) first.focus();
  }
  addEventListener("hashchange", openTarget);
  openTarget();

  function ready(root) {
    all("form[data-choices]", root).forEach(follow);
    all("[data-every]", root).forEach((x) => every(x.closest("form")));
    const errors = root.querySelector("#errors");
    if (errors) errors.focus();
    all("[data-show-keys]", root).forEach((b) => { b.hidden = false; });
    const sw = root.querySelector("[data-keys-off]");
    if (sw) sw.checked = off();
  }
  document.addEventListener("htmx:afterSettle", (e) => {
    if (e.target.hasAttribute("data-opens")) { e.target.parentElement.classList.add("opened"); e.target.scrollTop = 0; }
    ready(e.target);
  });
  ready(document);
  /* Coming back to the page prints nothing again: the address forgets it first. */
  if (document.querySelector("[data-print-now]") && location.search) {
    history.replaceState(null, "", location.pathname);
    document.documentElement.setAttribute("data-printed", "");
    addEventListener("load", () => { printOut(); document.documentElement.setAttribute("data-printed", "over"); });
  }
  const row = selected(list());
  if (row) row.scrollIntoView({ block: "nearest" });
})();
