/** An id for something this browser made: unique without asking anybody, at most 64 characters. */
export function newClientId(): string {
  // randomUUID exists in secure contexts only; a shop may still be served over plain HTTP.
  if (typeof crypto.randomUUID === "function") return `c-${crypto.randomUUID()}`;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `c-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
