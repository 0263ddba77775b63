// Everything by keyboard: what can be done here, where one can go, and what was said, found while typing.
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Glyph } from "../icons";
import { isComposing } from "../shell/shortcuts";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { nameOf, useWords } from "../words/words";
import { type Act, actsNow, type ActGroup, GROUPS } from "./acts";
import { fittingActs } from "./matching";
import { closeOver, over } from "./opened";
import { useSaid } from "./said";
import "./palette.css";

/** Before anything is typed only what is nearest; a long list is no offer. */
const MOST: Record<ActGroup, number> = { here: 14, replies: 3, go: 6, self: 4, said: 0 };
const FOUND_MOST: Record<ActGroup, number> = { here: 8, replies: 4, go: 6, self: 3, said: 0 };

export function Palette() {
  const t = useWords();
  const desk = useDesk();
  const [query, setQuery] = useState(over.get().typed);
  const [at, setAt] = useState(0);
  const all = useMemo(() => actsNow(desk, t), [desk, t]);
  const said = useSaid(query);
  const fitting = useMemo(() => inGroups(fittingActs(all, query), query.trim() === ""), [all, query]);
  const shown = [...fitting, ...said];
  const here = Math.min(at, Math.max(0, shown.length - 1));
  useEffect(() => setAt(0), [query]);
  const box = useRef<HTMLDialogElement>(null);
  const run = (act: Act | undefined) => {
    if (!act) return;
    // The layer gives the focus back first; what is pressed then may take it. All before the next
    // key: a letter in between would be one of the desk's own keys.
    box.current?.close();
    closeOver();
    act.run();
  };
  const list = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    // What is typed here is no key of the desk.
    event.stopPropagation();
    if (isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length > 0) setAt((here + step + shown.length) % shown.length);
    else if (event.key === "Enter") run(shown[here]);
    else if (event.key === "Escape") closeOver();
    else return;
    event.preventDefault();
  };
  return (
    <Layer box={box} label={t("palette.title")} onKeyDown={onKeyDown}>
      <div class="palette-head">
        <Glyph name="search" />
        <input
          class="palette-field"
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={shown[here] ? `${list}-${shown[here].id}` : undefined}
          aria-autocomplete="list"
          aria-label={t("palette.field")}
          placeholder={t("palette.field")}
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <OpenWith />
      </div>
      <div class="palette-list" id={list} role="listbox" aria-label={t("palette.title")}>
        {(["here", "replies", "go", "self", "said"] as const).map((group) => (
          <Group key={group} group={group} acts={shown.filter((one) => one.group === group)} present={shown[here]} list={list} onRun={run} />
        ))}
      </div>
      <p class={shown.length === 0 ? "palette-none" : "unseen"} role="status">
        {t(shown.length === 0 ? "palette.none" : "palette.count", { n: shown.length })}
      </p>
      <p class="palette-foot" aria-hidden="true">
        <span><kbd>↑</kbd> <kbd>↓</kbd> {t("palette.choose")}</span>
        <span><kbd>↵</kbd> {t("palette.run")}</span>
        <span><kbd>Esc</kbd> {t("desk.close")}</span>
        <span class="palette-hint">{t("palette.hint")}</span>
      </p>
    </Layer>
  );
}

function inGroups(acts: readonly Act[], unasked: boolean): Act[] {
  const most = unasked ? MOST : FOUND_MOST;
  return GROUPS.flatMap((group) => acts.filter((one) => one.group === group).slice(0, most[group]));
}

interface LayerProps {
  box: RefObject<HTMLDialogElement | null>;
  label: string;
  onKeyDown: (event: KeyboardEvent) => void;
  children: ComponentChildren;
}

/** The browser's own dialog: the focus stays in it and goes back when it closes. */
function Layer({ box, label, onKeyDown, children }: LayerProps) {
  // At once: what is typed from now on is the field's, and until now it was kept.
  useLayoutEffect(() => {
    box.current?.showModal();
    box.current?.querySelector("input")?.focus();
    return () => box.current?.close();
  }, []);
  return (
    <dialog
      ref={box}
      class="palette"
      aria-label={label}
      onCancel={(event) => (event.preventDefault(), closeOver())}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.target === box.current && closeOver()}
    >
      {children}
    </dialog>
  );
}

/** Which conversation the acts are about. */
function OpenWith() {
  const t = useWords();
  const desk = useDesk();
  const thread = useStore(desk.open, (state) => state.thread);
  const customer = thread?.conversation.store.get().row?.customer;
  return customer ? <span class="palette-about chip">{t("palette.about", { name: nameOf(t, customer) })}</span> : null;
}

interface GroupProps {
  group: ActGroup;
  acts: readonly Act[];
  present: Act | undefined;
  list: string;
  onRun: (act: Act) => void;
}

function Group({ group, acts, present, list, onRun }: GroupProps) {
  const t = useWords();
  if (acts.length === 0) return null;
  return (
    <div role="group" aria-label={t(`palette.group.${group}`)}>
      <p class="palette-group" aria-hidden="true">
        {t(`palette.group.${group}`)}
      </p>
      {acts.map((one) => (
        <Line key={one.id} act={one} id={`${list}-${one.id}`} chosen={one === present} onRun={() => onRun(one)} />
      ))}
    </div>
  );
}

function Line({ act, id, chosen, onRun }: { act: Act; id: string; chosen: boolean; onRun: () => void }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <div ref={line} class="palette-line" id={id} role="option" aria-selected={chosen} onClick={onRun}>
      <Glyph name={act.glyph} size={16} />
      <span class="palette-title">{act.title}</span>
      {act.aside && <span class="palette-aside">{act.aside}</span>}
      {act.key && <kbd aria-hidden="true">{act.key}</kbd>}
    </div>
  );
}
