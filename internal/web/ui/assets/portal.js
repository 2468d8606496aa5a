// What a citizen's page can do without: reading aloud, printing by a button, and one press of a form.
"use strict";
(function () {
  var read = document.querySelector(".utility .read"), main = document.getElementById("main"), speech = window.speechSynthesis;
  // What is hidden, or only for the eye, is not read; a question of a list stops for breath at its end.
  function words(node) {
    var said = [];
    node.querySelectorAll("h1,h2,h3,p,li,dt,dd,label,legend,summary,.note").forEach(function (e) {
      if (e.closest("[hidden],.noread") || e.querySelector("p,li,label,dd") || e.offsetParent === null) return;
      var text = e.innerText.replace(/\s+/g, " ").trim();
      if (text) said.push(text);
    });
    return said;
  }
  if (read && main && speech && window.SpeechSynthesisUtterance) {
    var reading = false;
    read.addEventListener("click", function () {
      speech.cancel();
      reading = !reading;
      read.textContent = reading ? "不读了" : "读给我听";
      read.setAttribute("aria-pressed", String(reading));
      if (!reading) return;
      var list = words(main);
      list.forEach(function (text, i) {
        var u = new SpeechSynthesisUtterance(text);
        u.lang = "zh-CN";
        u.rate = 0.9;
        if (i === list.length - 1) u.onend = function () { reading = false; read.textContent = "读给我听"; read.setAttribute("aria-pressed", "false"); };
        speech.speak(u);
      });
    });
    // Its place was kept, so that nothing moves under a finger.
    read.removeAttribute("aria-hidden");
    read.removeAttribute("tabindex");
    read.classList.add("can");
    window.addEventListener("pagehide", function () { speech.cancel(); });
  }
  document.querySelectorAll("[data-print]").forEach(function (b) {
    b.hidden = false;
    b.addEventListener("click", function () { window.print(); });
  });
  var wrong = document.getElementById("errors");
  if (wrong) wrong.focus();
  // A second press sends nothing; the server would take it once in any case.
  document.querySelectorAll("form[data-once]").forEach(function (f) {
    f.addEventListener("submit", function (e) {
      if (f.sent) return e.preventDefault();
      f.sent = true;
      var b = f.querySelector("button.btn");
      if (b) { b.setAttribute("aria-disabled", "true"); b.textContent = "正在交…"; }
    });
  });
  window.addEventListener("pageshow", function (e) { if (e.persisted) document.querySelectorAll("form[data-once]").forEach(function (f) { f.sent = false; }); });
})();
