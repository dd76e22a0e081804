// Numbers as they are written in Vietnamese: 1.234,5.

/** A number with exactly so many decimal places. */
export function number(value, decimals) {
  return new Intl.NumberFormat("vi-VN", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** A figure with as many decimal places as the sentence gives it, so that both show the same number. */
export function asSaid(value, text) {
  for (let decimals = 4; decimals >= 0; decimals -= 1) {
    const shown = number(value, decimals);
    const pattern = new RegExp(`(^|[^\\d.,])${shown.replace(/[.]/g, "\\.")}(?!\\d|[.,]\\d)`);
    if (pattern.test(text)) return shown;
  }
  return null;
}

/** A cell of a table: text as it is, numbers with the column's decimal places. */
export function cell(value, decimals) {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? number(value, decimals ?? 0) : value;
}
