/**
 * Widths of letters, so that names and legends are laid out alike on every machine without a font engine.
 * Table: advance widths of DejaVu Sans 2.37 and its bold, in thousandths of the font size, U+0020 to U+007E.
 */
// biome-ignore format: tables read best as tables
const PLAIN = [317,400,459,837,636,950,779,274,390,390,500,837,317,360,317,336,636,636,636,636,636,636,636,636,636,636,336,336,837,837,837,530,1000,684,686,698,770,631,575,774,751,294,294,655,557,862,748,787,603,787,694,634,610,731,684,988,685,610,685,390,336,390,837,500,500,612,634,549,634,615,352,634,633,277,277,579,277,974,633,611,634,634,411,520,392,633,591,817,591,591,524,636,336,636,837];
// biome-ignore format: tables read best as tables
const BOLD = [348,456,520,837,695,1001,872,306,457,457,522,837,379,415,379,365,695,695,695,695,695,695,695,695,695,695,399,399,837,837,837,580,1000,773,762,733,830,683,683,820,836,372,372,774,637,995,836,850,732,850,770,720,682,812,773,1103,770,724,725,457,365,457,837,500,500,674,715,592,715,678,435,715,711,342,342,665,342,1041,711,687,715,715,493,595,478,711,651,923,645,651,582,711,365,711,837];

/** Width of a text in px. Letters outside ASCII count 0.65 of the size, those of wide scripts (from U+2E80) 1. */
export function textWidth(text: string, size: number, bold = false): number {
  const table = bold ? BOLD : PLAIN;
  let sum = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    sum += table[code - 32] ?? (code >= 0x2e80 ? 1000 : 650);
  }
  return (sum * size) / 1000;
}
