// What is under the sheet's head: a body that scrolls, and a foot that stays.
import type { ComponentChildren } from "preact";

export function Page({ children, foot }: { children: ComponentChildren; foot?: ComponentChildren }) {
  return (
    <>
      <div class="sheet-body">{children}</div>
      {foot && <footer class="sheet-foot">{foot}</footer>}
    </>
  );
}
