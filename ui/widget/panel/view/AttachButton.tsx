// The way to a photo or a file. Where there is a finger there is a camera, so that is offered first.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { useWords } from "../words";

interface Props {
  types: readonly string[];
  onFile: (file: File) => void;
}

export function AttachButton({ types, onFile }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const choose = (camera: boolean) => {
    const input = picker.current;
    if (!input) return;
    setOpen(false);
    input.accept = camera ? "image/*" : types.join(",");
    if (camera) input.setAttribute("capture", "environment");
    else input.removeAttribute("capture");
    input.click();
  };
  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const outside = (event: Event) => !box.current?.contains(event.target as Node) && setOpen(false);
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const items = [...(box.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") items[(at + 1) % items.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      setOpen(false);
      button.current?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="attach" ref={box} onKeyDown={onKeyDown}>
      <button
        ref={button}
        class="icon-button"
        type="button"
        aria-label={t("attach")}
        aria-haspopup={touched() ? "menu" : undefined}
        aria-expanded={touched() ? open : undefined}
        onClick={() => (touched() ? setOpen(!open) : choose(false))}
      >
        <Icon name="plus" size={24} />
      </button>
      {open && (
        <div class="attach-menu" role="menu" aria-label={t("attach")}>
          <button type="button" role="menuitem" onClick={() => choose(true)}>
            <Icon name="camera" />
            {t("attachCamera")}
          </button>
          <button type="button" role="menuitem" onClick={() => choose(false)}>
            <Icon name="file" />
            {t("attachFile")}
          </button>
        </div>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        tabIndex={-1}
        accept={types.join(",")}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onFile(file);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}

const touched = (): boolean => matchMedia("(pointer: coarse)").matches;
