"use strict";
/** Power over time, to be zoomed: draws the coarsest level that still has a point for each pixel. */
(() => {
  const data = JSON.parse(document.getElementById("trace-data").textContent);
  const canvas = document.getElementById("trace");
  const readout = document.getElementById("trace-readout");
  const zero = document.getElementById("trace-zero");
  const LEFT = 58, RIGHT = 10, TOP = 20, BOTTOM = 34;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  const floats = (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    return new Float32Array(bytes.buffer);
  };
  const levels = data.levels.map((level) => ({
    least: floats(level.least), mean: floats(level.mean), most: floats(level.most),
  }));
  const whole = [data.from, data.to];
  const finest = (data.to - data.from) / levels[levels.length - 1].mean.length;
  let view = [...whole];
  let pointer = null; // where the readout looks, s

  const width = () => canvas.clientWidth - LEFT - RIGHT;
  const height = () => canvas.clientHeight - TOP - BOTTOM;
  const x = (t) => LEFT + (t - view[0]) / (view[1] - view[0]) * width();
  const time = (px) => view[0] + (px - LEFT) / width() * (view[1] - view[0]);

  function look(from, to) {
    const span = Math.min(Math.max(to - from, 8 * finest), whole[1] - whole[0]);
    const middle = (from + to) / 2;
    const start = Math.min(Math.max(middle - span / 2, whole[0]), whole[1] - span);
    view = [start, start + span];
    requestAnimationFrame(draw);
  }

  const zoom = (factor, at) => look(at - (at - view[0]) * factor, at + (view[1] - at) * factor);
  const move = (share) => look(view[0] + share * (view[1] - view[0]), view[1] + share * (view[1] - view[0]));

  /** The level for this view, and which of its points are seen. */
  function seen() {
    const share = (view[1] - view[0]) / (whole[1] - whole[0]);
    const level = levels.find((one) => one.mean.length * share >= width()) || levels[levels.length - 1];
    const n = level.mean.length;
    const step = (whole[1] - whole[0]) / n;
    const first = Math.max(0, Math.floor((view[0] - whole[0]) / step) - 1);
    const last = Math.min(n - 1, Math.ceil((view[1] - whole[0]) / step) + 1);
    return { level, step, first, last };
  }

  const at = (i, step) => whole[0] + (i + 0.5) * step;

  function ticks(low, high, most) {
    const raw = (high - low) / most;
    const ten = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((m) => m * ten).find((s) => s >= raw);
    const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const all = [];
    for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-6; v += step) {
      all.push([v, v.toFixed(Math.min(places, 9))]);
    }
    return all;
  }

  function draw() {
    const ratio = devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.font = "12px " + getComputedStyle(document.body).fontFamily;
    const { level, step, first, last } = seen();
    let low = Infinity, high = -Infinity;
    for (let i = first; i <= last; i++) {
      low = Math.min(low, level.least[i]);
      high = Math.max(high, level.most[i]);
    }
    if (zero.checked) {
      low = Math.min(0, low);
    }
    const room = (high - low || Math.abs(high) || 1) * 0.06;
    high += room;
    low -= zero.checked && low === 0 ? 0 : room;
    const y = (w) => TOP + (high - w) / (high - low) * height();

    pen.strokeStyle = colour("line");
    pen.fillStyle = colour("soft");
    pen.textAlign = "right";
    for (const [v, text] of ticks(low, high, 6)) {
      pen.beginPath();
      pen.moveTo(LEFT, y(v));
      pen.lineTo(LEFT + width(), y(v));
      pen.stroke();
      pen.fillText(text, LEFT - 6, y(v) + 4);
    }
    pen.textAlign = "center";
    for (const [v, text] of ticks(view[0], view[1], Math.max(2, width() / 90))) {
      pen.fillText(text, x(v), TOP + height() + 16);
    }
    pen.fillText("seconds by the meter's clock", LEFT + width() / 2, TOP + height() + 31);
    pen.textAlign = "left";
    pen.fillText("W", 4, 12);

    pen.save();
    pen.beginPath();
    pen.rect(LEFT, TOP - 16, width(), height() + 16);
    pen.clip();
    for (const window of data.windows) {
      pen.globalAlpha = 0.13;
      pen.fillStyle = colour(window.kind === "idle" ? "float" : window.kind === "refused" ? "bad" : "good");
      pen.fillRect(x(window.from), TOP, x(window.to) - x(window.from), height());
      pen.globalAlpha = 1;
      pen.fillStyle = colour("soft");
      if (x(window.to) - x(window.from) > 12) {
        pen.textAlign = "center";
        const middle = (Math.max(window.from, view[0]) + Math.min(window.to, view[1])) / 2;
        pen.fillText(window.short, x(middle), TOP - 5);
      }
    }
    pen.beginPath();
    for (let i = first; i <= last; i++) {
      pen.lineTo(x(at(i, step)), y(level.most[i]));
    }
    for (let i = last; i >= first; i--) {
      pen.lineTo(x(at(i, step)), y(level.least[i]));
    }
    pen.globalAlpha = 0.35;
    pen.fillStyle = colour("board");
    pen.fill();
    pen.globalAlpha = 1;
    pen.beginPath();
    for (let i = first; i <= last; i++) {
      pen.lineTo(x(at(i, step)), y(level.mean[i]));
    }
    pen.strokeStyle = colour("board");
    pen.lineWidth = 1.3;
    pen.stroke();
    if (pointer !== null) {
      pen.strokeStyle = colour("soft");
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(x(pointer), TOP);
      pen.lineTo(x(pointer), TOP + height());
      pen.stroke();
    }
    pen.restore();
    tell(level, step);
  }

  function tell(level, step) {
    const span = `${view[0].toFixed(3)} to ${view[1].toFixed(3)} s`;
    if (pointer === null) {
      readout.textContent = `Shown: ${span}, a point each ${(step * 1e3).toPrecision(3)} ms`;
      return;
    }
    const i = Math.min(level.mean.length - 1, Math.max(0, Math.floor((pointer - whole[0]) / step)));
    const window = data.windows.find((one) => one.from <= pointer && pointer <= one.to);
    readout.textContent = `${pointer.toFixed(4)} s: mean ${level.mean[i].toPrecision(5)} W, `
      + `${level.least[i].toPrecision(5)} to ${level.most[i].toPrecision(5)} W${window ? ", " + window.text : ""}`;
  }

  const touches = new Map();
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, time(event.offsetX));
  }, { passive: false });
  canvas.addEventListener("pointerdown", (event) => {
    touches.set(event.pointerId, event.offsetX);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = touches.get(event.pointerId);
    if (before === undefined) {
      pointer = Math.min(whole[1], Math.max(whole[0], time(event.offsetX)));
      requestAnimationFrame(draw);
      return;
    }
    const other = [...touches].find(([id]) => id !== event.pointerId);
    if (other) {
      const [left, right] = [time(before), time(other[1])].sort((a, b) => a - b);
      const apart = Math.abs(event.offsetX - other[1]);
      if (apart > 4) {
        zoom((Math.abs(before - other[1])) / apart, (left + right) / 2);
      }
    } else {
      move((before - event.offsetX) / width());
    }
    touches.set(event.pointerId, event.offsetX);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    canvas.addEventListener(end, (event) => {
      touches.delete(event.pointerId);
      pointer = end === "pointerleave" ? null : pointer;
      requestAnimationFrame(draw);
    });
  }
  canvas.addEventListener("dblclick", () => look(...whole));
  canvas.addEventListener("keydown", (event) => {
    const middle = (view[0] + view[1]) / 2;
    const action = {
      ArrowLeft: () => move(-0.2), ArrowRight: () => move(0.2),
      "+": () => zoom(0.6, middle), "=": () => zoom(0.6, middle), "-": () => zoom(1.7, middle), 0: () => look(...whole),
    }[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  zero.addEventListener("change", draw);
  document.querySelectorAll("[data-trace]").forEach((button) => button.addEventListener("click", () => {
    const middle = (view[0] + view[1]) / 2;
    const what = button.dataset.trace;
    if (what === "all") {
      look(...whole);
    } else if (what === "in" || what === "out") {
      zoom(what === "in" ? 0.5 : 2, middle);
    } else {
      const window = data.windows[Number(what)];
      const margin = (window.to - window.from) * 0.06;
      look(window.from - margin, window.to + margin);
    }
  }));
  addEventListener("resize", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
})();
