/** HTML as a value: every text put into a template is escaped, so no name from a layout or scenario can become markup. */

export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly (Html | null)[] | null;

/** Escapes a text for element content and quoted attributes; control characters but tab and line breaks are dropped. */
export function escapeHtml(text: string): string {
  return [...text]
    .filter((letter) => letter >= " " || letter === "\n" || letter === "\t")
    .join("")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

/** Template tag: texts and numbers are escaped, `Html` and lists of it go in as they are, null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const show = (part: Part | undefined): string => {
    if (part === null || part === undefined) return "";
    if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
    return "html" in part ? part.html : part.map((p) => p?.html ?? "").join("\n");
  };
  return { html: strings.map((text, i) => text + show(parts[i])).join("") };
}

/** Markup made by ourselves (an SVG of render.ts, the style sheet). */
export const raw = (markup: string): Html => ({ html: markup });

/** A table with a caption and column headers; the first cell of each row is its header. Numbers stand at the right. */
export function table(options: {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly (string | Html)[])[];
  numeric?: readonly number[];
}): Html {
  const { caption, head, rows } = options;
  const numeric = new Set(options.numeric ?? []);
  const side = (i: number): Html => (numeric.has(i) ? raw(' class="n"') : raw(""));
  return html`<div class="${rows.length <= 12 ? "scroll short" : "scroll"}"><table>
<caption>${caption}</caption>
<thead><tr>${head.map((text, i) => html`<th scope="col"${side(i)}>${text}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td${side(i)}>${cell}</td>`))}</tr>`)}</tbody>
</table></div>`;
}
