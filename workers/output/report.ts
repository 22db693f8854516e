/**
 * The report that a planner mails: one HTML file without any request to the outside, printable on A4. First what to act on, then
 * maps and figures, then how it was computed and what it cannot tell. Same input, same bytes.
 */
import { fixed } from "../../engine/chart/text.js";
import { version } from "../version.js";
import { fireSection } from "./report-fire.js";
import { clearingTable, headline, troubles, warningCards } from "./report-headline.js";
import { escapeHtml, type Html, html, raw, table } from "./report-html.js";
import { findChart, type ReportInput } from "./report-input.js";
import { methodSection } from "./report-method.js";
import { REPORT_STYLE } from "./report-style.js";
import { companionTable, flowTable, handTable, queueTable, sectionTable } from "./report-tables.js";

export type { ReportInput } from "./report-input.js";

/** Charts with a place of their own; others follow after the maps. */
const PLACED = ["warnings", "risk-map", "density-peak", "density-mean", "occupancy", "flow", "clearing", "queues"];

/** The whole report as one HTML document. Names are escaped; scripts, fonts and pictures from elsewhere are forbidden by its policy. */
export function reportHtml(input: ReportInput): string {
  const { layout, scenario } = input;
  const others = input.charts.filter((c) => !PLACED.includes(c.name) && !c.name.startsWith("fire-"));
  const fire = fireSection(input, (name) => figure(input, name));
  const sections: { id: string; title: string; body: Html }[] = [
    {
      id: "act",
      title: "What to act on",
      body: html`${warningCards(input)}${troubles(input)}${input.report.warnings.length > 0 ? figure(input, "warnings") : null}`,
    },
    {
      id: "out",
      title: "Who is out when",
      body: html`${clearingTable(input)}${figure(input, "clearing")}${companionTable(input)}`,
    },
    ...(fire === null ? [] : [{ id: "fire", title: "Fire and smoke", body: fire }]),
    {
      id: "maps",
      title: "Maps",
      body: html`${figure(input, "risk-map")}${figure(input, "density-peak")}${figure(input, "density-mean")}${others.map((c) => figure(input, c.name))}${input.charts.length === 0 ? html`<p class="quiet">This report was made without pictures.</p>` : null}`,
    },
    { id: "sections", title: "Sections", body: html`${figure(input, "occupancy")}${sectionTable(input)}` },
    { id: "flows", title: "Flows", body: html`${figure(input, "flow")}${flowTable(input)}` },
    {
      id: "queues",
      title: "Queues",
      body: html`${input.report.queues.length > 0 ? figure(input, "queues") : null}${queueTable(input)}`,
    },
    { id: "hand", title: "Hand calculation beside the simulation", body: handTable(input) },
    { id: "method", title: "Assumptions and method", body: methodSection(input) },
    { id: "limits", title: "What this report cannot tell", body: limits(input) },
    { id: "layout", title: "Layout: repairs and notices", body: repairs(input) },
  ];
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const page = html`${raw("<!doctype html>")}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${scenario.name} – crowd safety report</title>
<style>${raw(REPORT_STYLE)}</style>
</head>
<body>
${headline(input)}
<main>
<nav aria-label="Contents">${sections.map((s) => html`<a href="#${s.id}">${s.title}</a>`)}</nav>
${sections.map(
  (s) => html`<section id="${s.id}" aria-labelledby="${s.id}-title"><h2 id="${s.id}-title">${s.title}</h2>
${s.body}</section>`,
)}
</main>
<footer>${input.notes.map((note) => html`<p>${note}</p>`)}
${layout.attribution === "" ? null : html`<p>Plan: ${layout.attribution}</p>`}
<p>Made with Muster ${version}. Clock times are those of the place${scenario.start === null ? "; this scenario has no start time, so times count from the start of the run" : ""}.</p></footer>
</body>
</html>
`;
  return page.html;
}

/** The chart in a figure; its title and description are inside the SVG for screen readers. */
function figure(input: ReportInput, name: string): Html | null {
  const svg = findChart(input, name);
  return svg === null
    ? null
    : html`<figure id="chart-${name}" class="${MAPS.test(name) && isWide(svg) ? "half" : "whole"}">${raw(labelled(svg, name))}</figure>`;
}

const MAPS = /^(risk-map|density-|fire-.*-map)/;

/** Wide plans stand two on a sheet of paper. */
function isWide(svg: string): boolean {
  const size = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  return size !== null && Number(size[2]) < Number(size[1]);
}

/** Ties the picture to its own title and description, which get ids of this page. */
function labelled(svg: string, name: string): string {
  const id = escapeHtml(name);
  return svg
    .replace(/<title>/, `<title id="${id}-t">`)
    .replace(/<desc>/, `<desc id="${id}-d">`)
    .replace(/^<svg /, `<svg aria-labelledby="${id}-t ${id}-d" `);
}

function limits({ report, scenario }: ReportInput): Html {
  const runs = report.runs.length;
  return html`<ul>
<li>It is a model: the figures are as good as the plan, the numbers of people and the times that went in. A wrong door width or arrival curve moves every result.</li>
<li>${runs < 20 ? `${runs} ${runs === 1 ? "run is" : "runs are"} few: a probability below ${runs === 0 ? 100 : Math.ceil(100 / runs)} % cannot be seen, and the spread is rough. Run 20 or more before a decision rests on it.` : `${runs} runs: a probability below ${Math.ceil(100 / runs)} % cannot be seen.`}</li>
<li>People in the model do not panic, fall, push on purpose, carry luggage, or walk as families unless the scenario says so. Above about 5 to 6 persons/m² real crowds move in waves and people can be crushed; the model does not show that. Treat every such place as dangerous, whatever else it shows.</li>
<li>Body cores do not overlap, so densities stay somewhat below what a real crush reaches. A warning limit just missed is not a safe place.</li>
<li>${scenario.warnings.length === 0 ? "The scenario has no warning rules: no warning here does not mean no danger." : "Only places with a warning rule are watched; the risk map covers the whole floor."}</li>
<li>Capacities by hand depend on the guide; a competent person chooses it and sets the factors for physical condition and safety management. Muster never fills them in.</li>
<li>It does not replace the judgement of the responsible person, the authority or the people on the ground.</li>
</ul>`;
}

function repairs({ layout }: ReportInput): Html {
  const { report } = layout;
  const size = `${report.format.toUpperCase()}, ${fixed(report.extent[0], 0)} m × ${fixed(report.extent[1], 0)} m, ${fixed(report.area, 0)} m² of floor, ${layout.levels.length} ${layout.levels.length === 1 ? "level" : "levels"}, ${layout.openings.length} openings (${layout.openings.filter((o) => o.exit).length} exits).`;
  const list = report.repairs.slice(0, 100);
  return html`<p>${size}</p>
${
  list.length === 0
    ? html`<p>Nothing was repaired.</p>`
    : table({
        caption:
          report.repairs.length > list.length
            ? `${report.repairs.length} repairs, the first ${list.length}`
            : "Repairs made while reading, each small and allowed; the source file should be mended",
        head: ["Place", "Level", "What", "Size", "x, y (m)"],
        rows: list.map((r) => [
          r.place,
          r.level,
          r.what,
          String(Number(r.size.toPrecision(3))),
          `${fixed(r.at[0], 2)}, ${fixed(r.at[1], 2)}`,
        ]),
        numeric: [3],
      })
}
${report.notices.length === 0 ? null : html`<ul>${report.notices.slice(0, 100).map((n) => html`<li>${n}</li>`)}</ul>`}`;
}
