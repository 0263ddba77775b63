// Never in the way: where a greeting may stand and when it may speak.

const BUY = 'button[type="submit"], input[type="submit"], [name="add"], form[action*="cart"] button';
const CHECKOUT = /\/(cart|checkout|basket|order|kago|purchase|payment)(\/|$|\.|\?)/i;
const FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';

export function mayGreetHere(): boolean {
  return !CHECKOUT.test(location.pathname) && !document.activeElement?.matches(FIELDS);
}

export function coversBuying(element: Element): boolean {
  const own = element.getBoundingClientRect();
  return Array.from(document.querySelectorAll(BUY)).some((button) => {
    const other = button.getBoundingClientRect();
    const seen = other.width > 0 && other.height > 0;
    const apart =
      other.right <= own.left || other.left >= own.right || other.bottom <= own.top || other.top >= own.bottom;
    return seen && !apart;
  });
}
