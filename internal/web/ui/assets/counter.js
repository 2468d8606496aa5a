"use strict";
/* The counter's form, quick. Without it every part works: the list of places is a list, marks are radio buttons, and
   the page comes again for what they change. What keys do stands in staff.js; here is only what this form adds.       */
(function () {
  const all = (sel, root) => Array.from((root || document).querySelectorAll(sel));
  const composing = (e) => e.isComposing || e.keyCode === 229;

  /* ── which item, which person: Enter takes the first hit of what stands in the box, arrows walk the hits ── */
  const finds = { "f-items": "c-hits", "f-applicant-name": "c-people" };
  let wanted = null;   // the box in which Enter came before the hits did
  const hits = (box) => all("#" + finds[box.id] + " .hit");
  const fresh = (box) => { const h = document.getElementById(finds[box.id]); return h && h.getAttribute("data-query") === box.value.trim(); };

  /* Two people of one name are not told apart by a key pressed in passing: the choice goes to the list. */
  function takeFirst(box) {
    if (!fresh(box)) { wanted = box; return true; }
    const found = hits(box), person = box.id !== "f-items";
    if (!found.length) { if (person) next(box); return person; }
    if (person && found.length > 1 && found[1].dataset.name === found[0].dataset.name) found[0].focus();
    else found[0].click();
    return true;
  }

  function walk(e) {
    const boxID = Object.keys(finds).find((id) => e.target.closest("#" + id + ", #" + finds[id])) || "f-items", box = document.getElementById(boxID);
    const list = [box].concat(hits(box), box.id === "f-items" ? all(".drafts .hit") : []), at = list.indexOf(document.activeElement);
    const next = list[at + (e.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    e.preventDefault();
    next.focus();
  }

  /* ── a box that finds in a list by name and initials ── */
  function finder(select) {
    const options = Array.from(select.options).filter((o) => o.value);
    const input = document.createElement("input"), list = document.createElement("ul"), around = document.createElement("div");
    let shown = [], at = 0;
    around.className = "finder";
    list.id = select.id + "-list";
    list.hidden = true;
    for (const [k, v] of Object.entries({ role: "listbox", "aria-label": "村（社区）" })) list.setAttribute(k, v);
    for (const [k, v] of Object.entries({ class: "input", id: select.id, name: select.dataset.findName, role: "combobox", autocomplete: "off", spellcheck: "false",
      placeholder: select.dataset.findHint, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(k, v);
    for (const a of ["aria-invalid", "aria-describedby"]) if (select.hasAttribute(a)) input.setAttribute(a, select.getAttribute(a));
    input.value = select.value ? select.selectedOptions[0].text : select.dataset.find;
    select.removeAttribute("id");
    select.removeAttribute("data-find");
    select.hidden = true;
    select.after(around);
    around.append(input, list);

    function matches(text) {
      const t = text.trim().toLowerCase();
      if (!t) return options;
      const first = options.filter((o) => o.dataset.initials.split(" ").some((i) => i.startsWith(t)) || o.text.startsWith(t));
      return first.concat(options.filter((o) => !first.includes(o) && o.text.includes(t)));
    }

    function open(text) {
      shown = matches(text);
      at = 0;
      list.replaceChildren(...shown.map((o, i) => {
        const li = document.createElement("li"), letters = document.createElement("small");
        li.setAttribute("role", "option");
        li.id = list.id + "-" + i;
        letters.textContent = o.dataset.initials.split(" ")[0];
        li.append(o.text, letters);
        li.addEventListener("mousedown", (e) => { e.preventDefault(); choose(o); });
        return li;
      }));
      if (!shown.length) {
        const li = document.createElement("li");
        li.className = "none";
        li.textContent = "没有这个村（社区）";
        list.append(li);
      }
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark();
    }

    function mark() {
      all("[role=option]", list).forEach((li, i) => { li.setAttribute("aria-selected", i === at); if (i === at) li.scrollIntoView({ block: "nearest" }); });
      if (shown.length) input.setAttribute("aria-activedescendant", list.id + "-" + at); else input.removeAttribute("aria-activedescendant");
    }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(o) {
      select.value = o.value;
      input.value = o.text;
      close();
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    input.addEventListener("input", () => { select.value = ""; open(input.value); });
    input.addEventListener("focus", () => { input.select(); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (e) => {
      if (composing(e)) return;
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        e.preventDefault();
        if (list.hidden) { open(select.value ? "" : input.value); return; }
        at = (at + (e.key === "ArrowDown" ? 1 : -1) + shown.length) % Math.max(shown.length, 1);
        mark();
      } else if ((e.key === "Enter" || e.key === "Tab") && !list.hidden && shown.length) {
        choose(shown[at]);
      } else if (e.key === "Escape" && !list.hidden) {
        close();
        e.stopPropagation();
      }
    });
  }

  /* ── Enter goes to the next box; behind the last one the keys of the list begin ── */
  function next(from) {
    const boxes = all("input:not([type=hidden]):not([type=radio])", from.closest(".blk")).filter((x) => x.getClientRects().length);
    const to = boxes[boxes.indexOf(from) + 1];
    if (to) to.focus(); else from.blur();
  }

  /* Enter in a box of ours does what the box is for, and never sends the form: the blue button does. */
  let entered = false;

  function enter(box) {
    if (finds[box.id]) return takeFirst(box);
    if (box.matches(".why")) box.blur();
    else if (box.matches("[data-next] input")) next(box);
    else return false;
    return true;
  }

  /* ── the marks ── */
  let picked = "";   // the row that was picked, for when the list comes again

  function marked(input) {
    if (input.value !== "defective") return;
    const why = input.parentElement.querySelector(".why");
    if (!why.value) why.focus();
  }

  /* The mark that is on goes off again. A key marks without moving the focus: the next key is the list's, too. */
  function mark(e, label) {
    const input = document.getElementById(label.htmlFor), why = input.parentElement.querySelector(".why");
    if (e.isTrusted && !input.checked) return;
    e.preventDefault();
    if (input.checked && input.value === "defective") { why.focus(); return; }
    input.checked = !input.checked;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function receiveAll(e) {
    const radios = all('[data-rows] input[type=radio][value="received"]');
    if (!radios.length) return;
    e.preventDefault();
    radios.forEach((r) => { r.checked = true; });
    radios[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* ── wiring ── */
  document.addEventListener("keydown", (e) => {
    if (composing(e)) return;
    entered = e.key === "Enter" && !e.ctrlKey && e.target.matches("input") && enter(e.target);
    if (entered) e.preventDefault();
    else if (e.target.closest("#f-items, #c-hits, .drafts, #f-applicant-name, #c-people") && /^Arrow(Down|Up)$/.test(e.key)) walk(e);
  });

  document.addEventListener("keyup", () => { entered = false; });

  document.addEventListener("submit", (e) => {
    if (!entered) return;
    entered = false;
    e.preventDefault();
    e.stopImmediatePropagation();
  }, true);

  document.addEventListener("click", (e) => {
    const label = e.target.closest && e.target.closest(".mark label");
    if (label) mark(e, label);
    if (e.target.closest && e.target.closest('[data-key="KeyA"]')) receiveAll(e);
  });

  document.addEventListener("change", (e) => {
    if (e.target.matches(".mark input[type=radio]")) marked(e.target);
    const again = e.target.closest("[data-reload]");
    if (again) {
      const b = document.createElement("button");
      b.name = "do"; b.value = "list"; b.hidden = true;
      again.append(b);
      again.closest("form").requestSubmit(b);
    }
  });

  document.addEventListener("bianmin:selected", (e) => { picked = e.detail.id; });

  function ready(root) {
    all("select[data-find]", root).forEach(finder);
    all(".tb.list", root).forEach((t) => t.classList.add("keys"));
    const row = picked && document.getElementById(picked);
    if (row && row.getAttribute("aria-selected") !== "true") {
      all("[data-row]", row.parentElement).forEach((r) => r.setAttribute("aria-selected", String(r === row)));
    }
  }

  document.addEventListener("htmx:afterSwap", (e) => {
    ready(document);
    if (wanted && fresh(wanted)) { const box = wanted; wanted = null; if (document.activeElement === box) takeFirst(box); }
  });
  ready(document);

  /* ── the draft: saved while somebody types, and once more when the page goes away ── */
  const form = document.getElementById("counter"), saver = document.getElementById("c-saver");
  const out = () => saver && saver.querySelector("[data-signed-out]");
  const save = () => saver.dispatchEvent(new Event("bianmin:save"));
  let unsaved = false, leaving = false, again = 0;
  if (form && saver && saver.hasAttribute("hx-post")) {
    for (const type of ["input", "change"]) form.addEventListener(type, () => { unsaved = true; });
    saver.addEventListener("htmx:beforeRequest", () => { unsaved = false; });
    saver.addEventListener("htmx:afterRequest", (e) => {
      clearTimeout(again);
      const { status } = e.detail.xhr, lost = saver.querySelector("[data-lost]");
      if (status && status < 500) return;
      unsaved = true;
      if (lost) lost.hidden = !(lost.nextElementSibling.hidden = true);
      again = setTimeout(save, 3000);
    });
    addEventListener("focus", () => { if (out()) save(); });
    form.addEventListener("submit", (e) => {
      if (out()) { e.preventDefault(); e.stopImmediatePropagation(); saver.querySelector("a").focus(); } else leaving = true;
    }, true);
    addEventListener("pagehide", () => {
      if (unsaved && !leaving) navigator.sendBeacon("/counter/draft", new URLSearchParams(new FormData(form)));
    });
  }
})();
