"use strict";
/* A signature drawn on the screen: the strokes go into the form as numbers, never as an image. The box is a thousand wide
   and four hundred high, whatever its size on the screen. Without this script people sign on paper.

     data-sign         the pad: it holds a canvas, a hidden input for the strokes, and a button data-sign-clear        */
(function () {
  const WIDE = 1000, HIGH = 400, MOST = 3000;
  document.querySelectorAll("[data-sign]").forEach((pad) => {
    const canvas = pad.querySelector("canvas"), input = pad.querySelector("input"), pen = canvas.getContext("2d");
    let strokes = [], now = null, points = 0;
    try { strokes = JSON.parse(input.value || "[]"); } catch (e) { strokes = []; }
    pad.hidden = false;

    const draw = () => {
      pen.clearRect(0, 0, WIDE, HIGH);
      pen.lineWidth = 7;
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = getComputedStyle(canvas).color;
      strokes.forEach((s) => {
        pen.beginPath();
        for (let i = 0; i < s.length; i += 2) pen[i ? "lineTo" : "moveTo"](s[i], s[i + 1]);
        pen.stroke();
      });
    };
    const at = (e) => {
      const box = canvas.getBoundingClientRect(), into = (v, most) => Math.max(0, Math.min(most, Math.round(v)));
      return [into((e.clientX - box.left) / box.width * WIDE, WIDE), into((e.clientY - box.top) / box.height * HIGH, HIGH)];
    };
    const keep = () => { input.value = strokes.length ? JSON.stringify(strokes) : ""; };

    canvas.addEventListener("pointerdown", (e) => {
      e.preventDefault();
      canvas.setPointerCapture(e.pointerId);
      now = at(e);
      strokes.push(now);
    });
    canvas.addEventListener("pointermove", (e) => {
      if (!now || points > MOST) return;
      const p = at(e), n = now.length;
      if (Math.abs(p[0] - now[n - 2]) + Math.abs(p[1] - now[n - 1]) < 4) return;
      now.push(p[0], p[1]);
      points++;
      draw();
    });
    ["pointerup", "pointercancel"].forEach((end) => canvas.addEventListener(end, () => { now = null; keep(); }));
    pad.querySelector("[data-sign-clear]").addEventListener("click", () => { strokes = []; points = 0; keep(); draw(); });
    draw();
  });
})();
