// On a phone the panel covers everything, so the page behind must neither scroll nor take focus.

export class Behind {
  private inert: Element[] = [];
  private overflow = "";

  constructor(private readonly host: Element) {}

  hold(): void {
    this.inert = Array.from(document.body.children).filter(
      (element) => element !== this.host && !element.hasAttribute("inert"),
    );
    for (const element of this.inert) element.setAttribute("inert", "");
    this.overflow = document.documentElement.style.overflow;
    document.documentElement.style.overflow = "hidden";
  }

  release(): void {
    if (this.inert.length === 0) return;
    for (const element of this.inert) element.removeAttribute("inert");
    this.inert = [];
    document.documentElement.style.overflow = this.overflow;
  }
}
