"use strict";
/* Photographs on their way, and one of them looked at. Pages say what they have by attributes:

     data-upload="/cases/…/uploads"   a box that takes files and sends each at once, in pieces (tus 1.0.0), from where the
                                      line broke; in it [data-file] are the inputs, [data-shoot] a camera's label
     data-basket="once"               the box belongs to a form whose case is not there yet: its key stands in that input
     data-who                         whose the box is: what one account has not sent is not sent by another
     data-unsent                      where the list of what is not sent yet is shown
     data-sheet, data-zoom, data-view a picture, the buttons that enlarge and turn it, the links to its neighbours

   What is not sent yet lies in the browser (IndexedDB) until it is, for a day at the most.                              */
(function () {
  const PIECE = 65536, ENOUGH = 280000, SIDE = 2000, DAY = 86400000;
  const WAITS = [500, 1000, 2000, 4000, 8000];
  const TUS = { "Tus-Resumable": "1.0.0" };
  const ALERT = '<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M12 4 2.5 20.5h19zM12 10v4.5M12 17.5h.01"/></svg>';   // as ui.Icon draws it
  const all = (sel, root) => Array.from((root || document).querySelectorAll(sel));
  const el = (tag, name, text) => { const e = document.createElement(tag); if (name) e.className = name; if (text) e.textContent = text; return e; };
  const code = (s) => btoa(unescape(encodeURIComponent(s)));

  /* ── what is not sent yet ── */
  const memory = new Map();
  let base = null;
  function open() {
    if (!base) base = new Promise((ok) => {
      let r;
      try { r = indexedDB.open("bianmin-files", 1); } catch (e) { ok(null); return; }
      r.onupgradeneeded = () => r.result.createObjectStore("jobs", { keyPath: "id" });
      r.onsuccess = () => ok(r.result);
      r.onerror = r.onblocked = () => ok(null);
    });
    return base;
  }
  async function store(how, what) {
    if (how === "put") memory.set(what.id, what);
    if (how === "delete") memory.delete(what);
    const db = await open();
    if (!db) return how === "getAll" ? Array.from(memory.values()) : undefined;
    return new Promise((ok) => {
      try {
        const t = db.transaction("jobs", how === "getAll" ? "readonly" : "readwrite");
        const r = how === "getAll" ? t.objectStore("jobs").getAll() : t.objectStore("jobs")[how](what);
        t.oncomplete = () => ok(r.result);
        t.onabort = t.onerror = () => ok(how === "getAll" ? [] : undefined);   // a full disk: it stays in memory
      } catch (e) { ok(how === "getAll" ? [] : undefined); }
    });
  }

  /* ── smaller and upright, before it goes over the line ── */
  /* A photograph of 16 × 8 that says that it was held upright: whether this browser heeds that decides whether it may
     be made smaller here. If not, it goes as it is, and the server turns it. */
  const SAMPLE = "/9j/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wCEAP////////////////////////////////////////////////////////////////////////////////////8B///////////////////////////////////////////////////////////////////////////////////////AAAsIAAgAEAEBEQD/xADSAAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgsQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAAgBAQAAPwCOiv/Z";
  let upright = null;
  function heeds() {
    if (!upright) upright = (async () => {
      try {
        const raw = Uint8Array.from(atob(SAMPLE), (c) => c.charCodeAt(0));
        const b = await createImageBitmap(new Blob([raw], { type: "image/jpeg" }));
        return b.width < b.height;
      } catch (e) { return false; }
    })();
    return upright;
  }
  async function smaller(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= ENOUGH || !window.createImageBitmap || !await heeds()) return file;
    try {
      const b = await createImageBitmap(file), scale = Math.min(1, SIDE / Math.max(b.width, b.height));
      const c = document.createElement("canvas");
      c.width = Math.round(b.width * scale); c.height = Math.round(b.height * scale);
      const g = c.getContext("2d");
      g.fillStyle = "#fff"; g.fillRect(0, 0, c.width, c.height);
      g.imageSmoothingQuality = "high";
      g.drawImage(b, 0, 0, c.width, c.height);
      b.close();
      for (const q of [.82, .7, .6]) {
        const out = await new Promise((ok) => c.toBlob(ok, "image/jpeg", q));
        if (out && (out.size <= ENOUGH || q === .6)) return out.size < file.size ? out : file;
      }
    } catch (e) { /* not to be decoded here: the server says why */ }
    return file;
  }

  /* ── sending ── */
  class Refused extends Error {}
  const queue = [];
  let total = 0, done = 0, making = 0, running = false, broken = false, wake = null;   // making: those that are made smaller now

  async function ask(method, address, headers, body) {
    const r = await fetch(address, { method: method, headers: Object.assign({}, TUS, headers), body: body, redirect: "manual", cache: "no-store" });
    if (r.type === "opaqueredirect" || r.status === 401) throw new Error("signed out");
    if (r.status >= 500 || r.status === 429) throw new Error("later");
    return r;
  }
  const refused = async (r) => new Refused(await r.text() || "没有收下，请重新选");

  async function begin(job) {
    const meta = { filename: job.name, material: job.material };
    if (job.replaces) meta.replaces = job.replaces;
    if (job.basket) meta.basket = job.basket;
    const r = await ask("POST", job.address, { "Upload-Length": String(job.blob.size), "Upload-Metadata": Object.keys(meta).map((k) => k + " " + code(meta[k])).join(",") });
    if (r.status !== 201) throw await refused(r);
    job.url = r.headers.get("Location");
    await store("put", job);
    return 0;
  }
  async function whereTo(job) {
    if (!job.url) return begin(job);
    const r = await ask("HEAD", job.url);
    if (r.status === 404 || r.status === 410) { job.url = null; return begin(job); }
    if (!r.ok) throw new Error("later");
    job.file = r.headers.get("Bianmin-File");
    return +r.headers.get("Upload-Offset");
  }
  async function send(job) {
    let at = await whereTo(job), last = at === job.blob.size;   // all of it may be there, and not taken in yet
    while (at < job.blob.size || last) {
      last = false;
      const r = await ask("PATCH", job.url, { "Upload-Offset": String(at), "Content-Type": "application/offset+octet-stream" }, job.blob.slice(at, at + PIECE));
      if (r.status === 409 && r.headers.get("Upload-Offset") !== null && +r.headers.get("Upload-Offset") !== at) { at = +r.headers.get("Upload-Offset"); continue; }
      if (r.status !== 204) throw await refused(r);
      at = +r.headers.get("Upload-Offset");
      job.file = r.headers.get("Bianmin-File") || job.file;
      if (broken) { broken = false; says(); }
    }
  }

  async function run() {
    if (running) return;
    running = true;
    let tries = 0;
    while (queue.length) {
      const job = queue[0];
      says();
      try {
        await send(job);
        done++; tries = 0; broken = false;
        arrived(job);
        await store("delete", job.id);
        queue.shift();
      } catch (e) {
        if (e instanceof Refused) {
          wrong(job, e.message);
          total--; tries = 0;
          await store("delete", job.id);
          queue.shift();
        } else {
          broken = e.message === "signed out" ? "out" : true;
          says();
          const t = WAITS[Math.min(tries++, WAITS.length - 1)];
          await new Promise((ok) => { wake = ok; setTimeout(ok, t); });
        }
      }
    }
    running = false;
    says();
  }
  window.addEventListener("online", () => { if (wake) wake(); });
  /* One page sends at a time: two that are open would begin everything twice. */
  function start() {
    if (!queue.length || running) return;
    if (navigator.locks) navigator.locks.request("bianmin-files", run); else run();
  }

  /* ── what is said ── */
  let bar = null;
  function says() {
    const left = queue.length + making;
    document.documentElement.toggleAttribute("data-sending", left > 0);
    if (!bar) {
      bar = el("div", "net sending noprint");
      bar.setAttribute("role", "status");
      bar.append(el("span", "grow"));
      document.body.insertBefore(bar, document.body.firstChild);
    }
    const words = bar.firstChild;
    bar.classList.toggle("on", !broken);
    if (!left) {
      words.textContent = done ? "传好了，共 " + done + " 张" : "";
      bar.hidden = !done;
      return;
    }
    bar.hidden = false;
    const n = "第 " + (done + 1) + " 张，共 " + total + " 张";
    words.textContent = broken === "out" ? "离开太久，为安全退出了。照片还在这台设备上，登录以后接着传"
      : broken ? "没连上，连上接着传：" + n : "正在传" + n;
  }
  const boxOf = (job) => all("[data-upload]").find((b) => b.dataset.upload === job.address && materialOf(b) === job.material && replacesOf(b) === (job.replaces || ""));
  const materialOf = (b) => b.dataset.material || (b.querySelector("[name=material]") || {}).value || "";
  const replacesOf = (b) => (b.querySelector("[name=replaces]") || {}).value || "";
  const basketOf = (b) => b.dataset.basket ? (b.closest("form").querySelector("[name=" + b.dataset.basket + "]") || {}).value || "" : "";
  const shotsOf = (b) => b.querySelector("[data-shots]") || b.parentElement.querySelector("[data-shots]");

  function wrong(job, message) {
    const b = boxOf(job) || document.getElementById("main");
    const p = el("p", "err"), said = el("span");
    p.setAttribute("role", "alert");
    p.innerHTML = ALERT;
    said.append(el("span", "sr", "错误："), message);
    p.append(said);
    all("p.err", b).forEach((x) => x.remove());
    b.append(p);
  }
  const there = [];   // what was photographed on a form, to be shown again when its list comes anew
  function arrived(job) {
    const b = boxOf(job), list = b && shotsOf(b);
    if (job.basket) there.push(job);
    if (!list) return;
    const src = job.basket ? job.url + "/thumb" : job.file ? job.address.replace(/\/uploads$/, "/files/") + job.file + "/thumb" : "";
    show(list, job, src, !job.basket && job.file ? job.address.replace(/\/uploads$/, "/files/") + job.file : "");
    if (job.replaces) { const old = b.closest("li"); if (old) old.remove(); }
  }
  function show(list, job, src, href) {
    if (all("li", list).some((li) => li.dataset.id === job.id)) return;
    const li = el("li"), into = href ? el("a") : li;
    li.dataset.id = job.id;
    if (href) { into.href = href; li.append(into); }
    if (src && job.kind !== "application/pdf") { const i = el("img"); i.src = src; i.alt = ""; i.width = i.height = 60; into.append(i); }
    into.append(el("span", "", "第 " + (list.children.length + 1) + " 张"));
    if (job.basket) {
      const x = el("button", "btn grey tiny", "删掉");
      x.type = "button";
      x.onclick = async () => { try { await ask("DELETE", job.url); } catch (e) { return; } li.remove(); there.splice(there.indexOf(job), 1); };
      li.append(x);
    }
    list.append(li);
  }

  /* ── taking ── */
  async function take(b, files) {
    const jobs = [];
    for (const f of files) {
      const job = { id: Date.now() + "-" + Math.random(), address: b.dataset.upload, material: materialOf(b), replaces: replacesOf(b), basket: basketOf(b),
        who: who(), name: f.name, kind: f.type, blob: f, at: Date.now() };
      jobs.push(job);
    }
    all("p.err", b).forEach((x) => x.remove());
    if (!queue.length && !making) total = done = 0;   // what was chosen before is all there
    total += jobs.length;
    making += jobs.length;
    for (const job of jobs) {
      const small = await smaller(job.blob);
      if (small !== job.blob) { job.blob = small; job.name = job.name.replace(/\.[^.]*$/, "") + ".jpg"; }
      await store("put", job);
      queue.push(job);
      making--;
      start();
      says();
    }
  }
  const who = () => { const b = document.querySelector("[data-who]:not([data-who='']), [data-unsent]"); return b ? b.dataset.who || b.dataset.unsent : ""; };

  document.addEventListener("change", (e) => {
    const input = e.target.closest && e.target.closest("[data-file]"), b = input && input.closest("[data-upload]");
    if (!b || !window.fetch) return;
    e.stopPropagation();
    take(b, Array.from(input.files));
    input.value = "";
  }, true);

  function dress() {
    all("[data-upload][hidden], [data-shoot][hidden]").forEach((x) => { x.hidden = false; });
    all(".pick-file .plain").forEach((x) => x.classList.replace("plain", "sr"));
    there.forEach((job) => { const b = boxOf(job); if (b) show(shotsOf(b), job, job.url + "/thumb", ""); });
  }
  async function before() {
    const b = document.querySelector("[data-basket]"), basket = b && basketOf(b);
    if (basket) try {
      const list = await (await fetch("/uploads?basket=" + encodeURIComponent(basket), { redirect: "manual" })).json();
      for (const u of list || []) if (u.state === "ready") there.push({ id: u.token, address: "/uploads", material: u.material, basket: basket, url: "/uploads/" + u.token });
      dress();
    } catch (e) { /* nothing of before is shown; it is there all the same */ }
    const mine = who();
    for (const job of await store("getAll") || []) {
      if (Date.now() - job.at > DAY) { await store("delete", job.id); continue; }
      if (job.who === mine && !queue.some((x) => x.id === job.id)) { queue.push(job); total++; }
    }
    unsent();
    start();
  }
  function unsent() {
    const at = document.querySelector("[data-unsent]");
    if (!at || !queue.length || at.querySelector(".send")) return;
    const head = el("div", "h"), rows = el("div", "card rows");
    head.append(el("h2", "", "等着上传"), el("span", "pill", queue.length + " 张"));
    queue.forEach((job) => { const d = el("div", "send"), s = el("span"); s.append(el("b", "", job.material), el("small", "", "存在这台设备里，连上就传")); d.append(s); rows.append(d); });
    at.append(head, rows);
  }
  document.addEventListener("htmx:afterSettle", dress);

  /* ── one of them looked at ── */
  const sheet = document.querySelector("[data-sheet]"), img = sheet && sheet.querySelector("img");
  let zoom = 1, turn = 0;
  function look() {
    img.style.width = zoom === 1 ? "" : zoom * 100 + "%";
    img.style.maxWidth = zoom === 1 ? "" : "none";
    img.style.transform = turn ? "rotate(" + turn * 90 + "deg)" : "";
    sheet.classList.toggle("turned", turn % 2 === 1);
  }
  all("[data-zoom]").forEach((b) => {
    b.hidden = false;
    b.addEventListener("click", () => {
      if (b.dataset.zoom === "turn") turn = (turn + 1) % 4;
      else zoom = Math.min(4, Math.max(1, zoom * (b.dataset.zoom === "in" ? 1.5 : 1 / 1.5)));
      look();
    });
  });
  document.addEventListener("keydown", (e) => {
    const f = document.activeElement;
    if (e.ctrlKey || e.altKey || e.metaKey || e.isComposing || f && /^(INPUT|TEXTAREA|SELECT)$/.test(f.tagName)) return;
    let off = false;
    try { off = localStorage.getItem("keys") === "off"; } catch (x) { /* keys work */ }
    const to = !off && document.querySelector('[data-view="' + e.code + '"]');
    if (to) { e.preventDefault(); to.click(); }
  });

  dress();
  before();
})();
