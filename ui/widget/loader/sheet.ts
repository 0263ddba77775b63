// The shadow tree's style sheet: the tokens of the kit, moved from :root to :host, and the loader's rules.
import tokens from "../../kit/tokens.css?inline";
import greeting from "./greeting.css?inline";
import rules from "./loader.css?inline";

export function adoptStyles(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(inPixels(onHost(tokens) + rules + greeting));
  root.adoptedStyleSheets = [sheet];
}

function onHost(css: string): string {
  return css.replace(/:root((?::not\(\[[^\]]+\]\))|(?:\[[^\]]+\]))?/g, (_, condition?: string) =>
    condition ? `:host(${condition})` : ":host",
  );
}

/** A shop may have set any font size on its root; ours must not follow it. */
function inPixels(css: string): string {
  return css.replace(/([\d.]+)rem/g, (_, size: string) => `${Number(size) * 16}px`);
}
