/** Style sheet of the report: one column for screens and mail, A4 for paper. All text has a contrast of at least 4.5. */
export const REPORT_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef1f0; color: #1c2624; font: 15px/1.5 "DejaVu Sans", Verdana, Geneva, sans-serif; }
main, header, footer { max-width: 960px; margin: 0 auto; padding: 0 24px; background: #fff; }
header { padding-top: 28px; padding-bottom: 10px; border-top: 8px solid #00594f; }
main { padding-bottom: 8px; }
footer { padding-top: 12px; padding-bottom: 28px; color: #55615e; font-size: 12.5px; }
h1 { font-size: 27px; line-height: 1.2; margin: 0 0 6px; overflow-wrap: anywhere; }
h2 { font-size: 20px; margin: 40px 0 10px; padding-bottom: 5px; border-bottom: 2px solid #00594f; }
h3 { font-size: 15.5px; margin: 22px 0 6px; }
p { margin: 6px 0 10px; max-width: 78ch; }
.kind { color: #00594f; font-weight: bold; font-size: 13px; letter-spacing: .04em; text-transform: uppercase; margin: 0 0 4px; }
.facts, .quiet { color: #55615e; font-size: 13.5px; }
nav { font-size: 13px; padding: 14px 0 0; }
nav a { color: #00594f; margin-right: 14px; white-space: nowrap; }
.tiles, .warnings { max-width: none; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px; margin: 18px 0 0; padding: 0; list-style: none; }
.tiles li { border: 1px solid #c9d1ce; border-radius: 6px; padding: 10px 14px 12px; background: #f6f8f7; }
.tiles .label { display: block; font-size: 12.5px; color: #55615e; }
.tiles .value { display: block; font-size: 21px; font-weight: bold; line-height: 1.3; }
.tiles .more { display: block; font-size: 12.5px; }
.badge { display: inline-block; min-width: 4.9em; text-align: center; font-weight: bold; font-size: 12px; padding: 2px 8px; border-radius: 3px; border: 1px solid #1c2624; }
.warnings { list-style: none; margin: 12px 0; padding: 0; }
.warnings li { border: 1px solid #c9d1ce; border-left-width: 10px; border-radius: 5px; padding: 10px 14px; margin: 0 0 10px; break-inside: avoid; overflow-wrap: anywhere; }
.warnings .where { font-weight: bold; font-size: 16px; margin-left: 8px; }
.warnings .when { float: right; font-weight: bold; }
.warnings p { margin: 5px 0 0; max-width: none; }
.act { font-weight: bold; }
.alert { border: 2px solid #b3161b; border-radius: 5px; padding: 8px 14px; background: #fdf1f1; }
figure { margin: 14px 0 20px; break-inside: avoid; }
figure svg { max-width: 100%; height: auto; display: block; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.4; margin: 10px 0 18px; }
caption { text-align: left; color: #55615e; font-size: 12.5px; padding: 0 0 5px; caption-side: top; }
th, td { text-align: left; vertical-align: top; padding: 5px 9px 5px 0; border-bottom: 1px solid #d7dedb; overflow-wrap: break-word; }
thead th { border-bottom: 1.5px solid #1c2624; font-size: 12.5px; }
tbody th { font-weight: bold; min-width: 7em; }
.n { text-align: right; font-variant-numeric: tabular-nums; padding-right: 14px; white-space: nowrap; }
ul, ol { padding-left: 22px; max-width: 80ch; }
li { margin: 3px 0; }
dl { display: grid; grid-template-columns: minmax(150px, 220px) 1fr; gap: 4px 16px; font-size: 14px; margin: 8px 0; }
dt { font-weight: bold; overflow-wrap: anywhere; } dd { margin: 0; overflow-wrap: anywhere; }
td .quiet, th .quiet { font-size: inherit; font-weight: normal; }
code { font: 13px "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; }
@media (max-width: 600px) { .warnings .when { float: none; display: block; } dl { grid-template-columns: 1fr; } main, header, footer { padding-left: 14px; padding-right: 14px; } }
@page { size: A4; margin: 14mm 13mm 16mm; }
@media print {
  body { background: #fff; font-size: 10pt; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  header { padding-top: 8px; }
  nav { display: none; }
  h1 { font-size: 18pt; } h2 { font-size: 13.5pt; margin-top: 22px; break-after: avoid; } h3 { font-size: 11pt; break-after: avoid; }
  figure svg { max-height: 225mm; width: auto; max-width: 100%; margin: 0 auto; }
  figure.half svg { max-height: 118mm; }
  .scroll { overflow: visible; } .short { break-inside: avoid; }
  table { font-size: 8.5pt; } thead { display: table-header-group; } tr, dl > * { break-inside: avoid; }
  .badge, .warnings li, .tiles li, .alert { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}`;
