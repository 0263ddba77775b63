// A section folds, and stays folded on this device.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { safeStorage } from "../../kit/storage";
import { Glyph } from "../icons";

const disk = safeStorage();

interface SectionProps {
  id: string;
  title: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
}

export function Section({ id, title, aside, children }: SectionProps) {
  const key = `kaiwa.desk.folded.${id}`;
  const [open, setOpen] = useState(disk.get(key) === null);
  const turn = () => {
    if (open) disk.set(key, "1");
    else disk.remove(key);
    setOpen(!open);
  };
  return (
    <section class="section" aria-labelledby={`section-${id}`}>
      <div class="section-head">
        <h3 class="section-title" id={`section-${id}`}>
          <button type="button" class="fold" aria-expanded={open} onClick={turn}>
            {title}
            <Glyph name={open ? "down" : "right"} size={12} />
          </button>
        </h3>
        {aside && <span class="section-aside">{aside}</span>}
      </div>
      {open && children}
    </section>
  );
}
