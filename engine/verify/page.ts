/** docs/verification.md from the document of a verification. */
import type { TestResult, VerificationDocument } from "./document.js";
import { number } from "./judge.js";

export function verificationPage(document: VerificationDocument): string {
  return `# Verification\n\n${document.tests.map((test: TestResult) => `${test.id} ${test.verdict}`).join("\n")}\n${number(0)}\n`;
}
