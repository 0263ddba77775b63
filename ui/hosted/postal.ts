// Japanese postal codes: at the seventh digit the address is filled in down to the town.

import { digitsOf, hyphened, type Place } from "../kit/postal";

function field<T extends HTMLElement>(form: HTMLFormElement, name: string): T | null {
  return form.querySelector<T>(`[name="${name}"]`);
}

function fill(form: HTMLFormElement, place: Place): void {
  const region = field<HTMLSelectElement>(form, "region");
  const city = field<HTMLInputElement>(form, "city");
  const line1 = field<HTMLInputElement>(form, "line1");
  if (region === null || city === null || line1 === null) return;
  region.value = place.prefecture;
  city.value = place.city + place.town;
  if (place.street !== "" && line1.value === "") line1.value = place.street;
  for (const one of [region, city]) one.classList.add("filled");
  // Whoever went on already stays where they are.
  const at = document.activeElement;
  if (at === null || at === document.body || at === field(form, "postal_code")) line1.focus();
}

function offer(form: HTMLFormElement, places: readonly Place[], said: HTMLElement): void {
  const towns = form.querySelector<HTMLElement>("[data-towns]");
  towns?.replaceChildren();
  const [first] = places;
  if (first === undefined) {
    said.textContent = said.dataset.none ?? "";
    return;
  }
  if (places.length === 1) {
    said.textContent = said.dataset.found ?? "";
    fill(form, first);
    return;
  }
  said.textContent = said.dataset.several ?? "";
  for (const place of places) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-line";
    button.textContent = `${place.city}${place.town}${place.office}`;
    button.addEventListener("click", () => {
      towns?.replaceChildren();
      said.textContent = said.dataset.found ?? "";
      fill(form, place);
    });
    towns?.append(button);
  }
}

export function postalCode(form: HTMLFormElement): void {
  const code = field<HTMLInputElement>(form, "postal_code");
  const said = form.querySelector<HTMLElement>("[data-postal-said]");
  const door = form.dataset.postal;
  if (code === null || said === null || door === undefined) return;
  let asked: string | null = null;
  const look = async (): Promise<void> => {
    const digits = digitsOf(code.value);
    if (digits === null || digits === asked) return;
    asked = digits;
    try {
      const answer = await fetch(`${door}?code=${digits}`, { headers: { accept: "application/json" } });
      if (!answer.ok || asked !== digits) return;
      const { places } = (await answer.json()) as { places: Place[] };
      code.value = hyphened(digits);
      offer(form, places, said);
    } catch {
      // Without an answer the fields are typed by hand, as they can be anyway.
    }
  };
  code.addEventListener("input", () => void look());
  // On a slow line somebody types before the script is there.
  if (field<HTMLInputElement>(form, "city")?.value === "") void look();
  else asked = digitsOf(code.value);
}
