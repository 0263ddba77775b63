// A small layer hanging from a button: closed by Escape, by a press elsewhere and when the focus leaves it.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface PopoverProps {
  label: string;
  /** What stands on the button. */
  button: ComponentChildren;
  buttonClass: string;
  /** The button says the label itself. */
  named?: boolean;
  side?: "below" | "above";
  align?: "start" | "end";
  disabled?: boolean;
  kind?: "menu" | "dialog";
  id?: string;
  children: (close: () => void) => ComponentChildren;
}

export function Popover(props: PopoverProps) {
  const { label, side = "below", align = "start", kind = "menu" } = props;
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  // Before anybody can act on what is open: later, a choice made at once would lose the focus to the first.
  useLayoutEffect(() => {
    if (!open) return;
    // Choices that are still on their way take the focus when they come, if it has not gone elsewhere.
    const late = new MutationObserver(() => document.activeElement === button.current && enter(box.current) && late.disconnect());
    if (!enter(box.current)) {
      button.current?.focus();
      if (box.current) late.observe(box.current, { childList: true, subtree: true });
    }
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    // While its choices are on their way the focus is not in it yet.
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || box.current?.contains(document.activeElement)) return;
      event.stopPropagation();
      close();
    };
    document.addEventListener("keydown", escape, true);
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      late.disconnect();
      document.removeEventListener("keydown", escape, true);
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === "Escape") {
      // The top layer only: what lies below keeps its own Escape.
      event.stopPropagation();
      close();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(box.current, event.key === "ArrowDown" ? 1 : -1);
    }
  };

  return (
    <div class="popover" ref={box} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        id={props.id}
        class={props.buttonClass}
        aria-haspopup={kind}
        aria-expanded={open}
        title={label}
        disabled={props.disabled}
        onClick={() => setOpen(!open)}
      >
        {!props.named && <span class="unseen">{label} </span>}
        {props.button}
      </button>
      {open && (
        <div class={`layer layer-${side} layer-${align}`} role={kind} aria-label={label}>
          {props.children(close)}
        </div>
      )}
    </div>
  );
}

/** Onto what is chosen, else the first; false while there is nothing. */
function enter(box: HTMLElement | null): boolean {
  const first = box?.querySelector<HTMLElement>("[aria-checked=true]") ?? choices(box)[0];
  first?.focus();
  return first !== undefined;
}

function choices(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>(".layer button:not(:disabled), .layer select") ?? [])];
}

function step(box: HTMLElement | null, by: 1 | -1): void {
  const all = choices(box);
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[(at + by + all.length) % all.length]?.focus();
}
