// A kettle, drawn: the invented shop has no photographs.

export function kettle(body, ground) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 228 152"><rect width="228" height="152" fill="${ground}"/>
<ellipse cx="116" cy="132" rx="70" ry="6" fill="#00000014"/><path d="M80 58h72l14 66a6 6 0 0 1-6 7H72a6 6 0 0 1-6-7z" fill="${body}"/>
<path d="M120 58h32l14 66a6 6 0 0 1-6 7h-32z" fill="#0000000f"/><path d="M72 116C56 110 58 78 44 60c-4-6-8-7-12-6" fill="none" stroke="${body}" stroke-width="8" stroke-linecap="round"/>
<path d="M156 66c26-14 42 2 38 24-2 12-8 20-12 28" fill="none" stroke="#9b6a41" stroke-width="10" stroke-linecap="round"/>
<path d="M84 58c6-20 58-20 64 0z" fill="${body}"/><rect x="76" y="55" width="80" height="6" rx="3" fill="#00000014"/><circle cx="116" cy="36" r="7" fill="#9b6a41"/></svg>`;
}
