"use strict";
/** Small line plots over time: a line, and a band around it. A point is [ms, middle, low, high]. */
const Plots = (() => {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  function number(value, digits = 3) {
    if (value === null || value === undefined || Number.isNaN(value)) {
      return "–";
    }
    const size = Math.abs(value);
    if (size >= 1e6 || (size > 0 && size < 1e-3)) {
      return value.toExponential(2);
    }
    return value.toLocaleString("en", { maximumFractionDigits: size >= 1000 ? 0 : size >= 100 ? 1 : digits });
  }

  function clock(ms, span) {
    const at = new Date(ms);
    const time = at.toTimeString();
    if (span > 36 * 3600e3) {
      return `${at.getMonth() + 1}/${at.getDate()} ${time.slice(0, 5)}`;
    }
    return span > 20 * 60e3 ? time.slice(0, 5) : time.slice(0, 8);
  }

  class Plot {
    /** @param scale what a value is multiplied with to be shown */
    constructor(parent, title, unit, scale = 1) {
      this.scale = scale;
      this.points = [];
      const figure = document.createElement("figure");
      figure.className = "plot unfilled";
      figure.innerHTML = '<h3><span></span><b></b></h3><div class="canvas"><canvas role="img"></canvas></div>';
      figure.querySelector("span").textContent = title + " ";
      if (unit) {
        const small = document.createElement("small");
        small.textContent = unit;
        figure.querySelector("span").append(small);
      }
      this.figure = figure;
      this.canvas = figure.querySelector("canvas");
      this.title = title;
      this.unit = unit;
      parent.append(figure);
      this.chart = new Chart(this.canvas, {
        type: "line",
        data: { datasets: [this.dataset({ fill: 1, backgroundColor: colour("band"), borderWidth: 0 }),
          this.dataset({ borderWidth: 0 }), this.dataset({ borderColor: colour("blue"), borderWidth: 1.8 })] },
        options: {
          animation: false, parsing: false, normalized: true, maintainAspectRatio: false, events: ["mousemove", "mouseout", "touchstart"],
          interaction: { mode: "index", intersect: false },
          plugins: {
            legend: { display: false },
            tooltip: {
              displayColors: false,
              filter: (item) => item.datasetIndex === 2,
              callbacks: {
                title: (items) => items.length ? new Date(items[0].parsed.x).toLocaleString() : "",
                label: (item) => this.words(this.points[item.dataIndex]),
              },
            },
          },
          scales: {
            x: { type: "linear", grid: { display: false }, border: { color: colour("line") },
              ticks: { color: colour("soft"), maxTicksLimit: 4, maxRotation: 0, font: { size: 10 },
                callback: (ms) => clock(ms, this.span()) } },
            y: { grid: { color: colour("line") }, border: { display: false }, grace: "8%",
              ticks: { color: colour("soft"), maxTicksLimit: 4, font: { size: 10 }, callback: (value) => number(value) } },
          },
        },
      });
    }

    dataset(more) {
      return { data: [], pointRadius: 0, pointHitRadius: 6, tension: 0, spanGaps: false, ...more };
    }

    span() {
      return this.points.length < 2 ? 0 : this.points[this.points.length - 1][0] - this.points[0][0];
    }

    words([, middle, low, high]) {
      const unit = this.unit ? " " + this.unit : "";
      const band = low !== high && low !== null ? ` (${number(low * this.scale)} to ${number(high * this.scale)})` : "";
      return number(middle * this.scale) + unit + band;
    }

    set(points) {
      this.points = points;
      this.draw();
    }

    /** Adds a point, unless it is not after the last; forgets what is older than `keep` ms. */
    push(point, keep) {
      const last = this.points[this.points.length - 1];
      if (last && point[0] <= last[0]) {
        return;
      }
      this.points.push(point);
      while (this.points.length > 2 && this.points[0][0] < point[0] - keep) {
        this.points.shift();
      }
      this.draw();
    }

    draw() {
      const at = (column) => this.points.map((point) =>
        ({ x: point[0], y: point[column] === null ? NaN : point[column] * this.scale }));
      const [high, low, middle] = this.chart.data.datasets;
      high.data = at(3);
      low.data = at(2);
      middle.data = at(1);
      middle.pointRadius = this.points.length < 3 ? 3 : 0;
      const last = this.points[this.points.length - 1];
      this.figure.classList.toggle("unfilled", this.points.every((point) => point[1] === null));
      this.frame(last);
      this.figure.querySelector("b").textContent = last ? number(last[1] === null ? null : last[1] * this.scale) : "–";
      this.canvas.setAttribute("aria-label", last ? `${this.title}: ${this.words(last)}` : `${this.title}: no values yet`);
      this.chart.update("none");
    }

    /** Axes for few or equal values, which a scale of its own would draw oddly. */
    frame(last) {
      const { x, y } = this.chart.options.scales;
      const first = this.points[0];
      const single = last && first[0] === last[0];
      x.min = last ? first[0] - (single ? 30e3 : 0) : undefined;
      x.max = last ? last[0] + (single ? 30e3 : 0) : undefined;
      const values = this.points.flatMap((point) => point.slice(1)).filter((value) => value !== null);
      const none = values.length === 0;
      y.min = none || values.every((value) => value === 0) ? 0 : undefined;
      y.max = none || values.every((value) => value === 0) ? 1 : undefined;
      if (this.unit === "%") {
        y.max = 100;
      }
      y.ticks.display = !none;
    }

    remove() {
      this.chart.destroy();
      this.figure.remove();
    }
  }

  return { Plot, number };
})();
