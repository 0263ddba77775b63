// One press, one effect: a form that is on its way is not sent again, and its button says so.

const BUSY = "data-busy";

function release(form: HTMLFormElement): void {
  form.removeAttribute("data-sent");
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-words]")) {
    button.innerHTML = "";
    button.append(button.dataset.words ?? "");
    button.removeAttribute("data-words");
    button.removeAttribute("aria-disabled");
  }
}

export function busyButtons(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    const pressed = (event as SubmitEvent).submitter;
    const button = pressed instanceof HTMLButtonElement && pressed.hasAttribute(BUSY) ? pressed : null;
    if (button === null) return;
    button.dataset.words = button.textContent ?? "";
    // Not `disabled`: a disabled button loses the focus and is not sent with its form.
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.getAttribute(BUSY);
  });
  // Back to a page that the browser kept whole: its forms can be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach(release);
  });
}

/** A choice that only changes what is shown needs no button of its own. */
export function choosing(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-choose]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
}

export function printing(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
