// A sheet over everything: the browser's own dialog keeps the focus inside, gives it back, and closes by Escape.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Glyph } from "../icons";
import { useWords } from "../words/words";
import { isComposing } from "./shortcuts";

interface DialogProps {
  title: string;
  onClose: () => void;
  wide?: boolean;
  foot?: ComponentChildren;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, wide = false, foot, children }: DialogProps) {
  const t = useWords();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={box}
      class={wide ? "sheet sheet-wide" : "sheet"}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // Keys of the desk stay outside; a press on what lies behind closes.
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== "Escape" || event.defaultPrevented || isComposing(event)) return;
        // A field for searching would only be emptied by it.
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => event.target === box.current && onClose()}
    >
      <div class="sheet-frame">
        <header class="head">
          <h2 class="head-title">{title}</h2>
          <button type="button" class="icon-button sheet-close" aria-label={t("desk.close")} onClick={onClose}>
            <Glyph name="close" />
          </button>
        </header>
        <div class="sheet-body">{children}</div>
        {foot && <footer class="sheet-foot">{foot}</footer>}
      </div>
    </dialog>
  );
}
