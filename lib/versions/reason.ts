/** Whether every character of a text is one people see: no control, format or unassigned characters but line breaks. */
export function isVisibleText(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u.test(text.replaceAll("\n", "").replaceAll("\r", ""));
}
