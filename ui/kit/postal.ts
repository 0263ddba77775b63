// Japanese postal codes as people type them.

export interface Place {
  prefecture: string;
  city: string;
  town: string;
  office: string;
  street: string;
}

/** Seven digits, whatever width and hyphen they were typed with; null when they are not seven. */
export function digitsOf(typed: string): string | null {
  const digits = typed.normalize("NFKC").replace(/[〒\s\-‐‑–—―−ー]/g, "");
  return /^[0-9]{7}$/.test(digits) ? digits : null;
}

export function hyphened(digits: string): string {
  return `${digits.slice(0, 3)}-${digits.slice(3)}`;
}
