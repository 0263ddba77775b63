// In a long thread nearly all is as it was: the same element again is passed over as a whole, a row as well as a
// part of many rows.
import type { VNode } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { type Row, sameRow } from "../rows";

/** Messages a part: few enough to be drawn without a pause that is felt. */
const PART = 25;

interface KeptRow {
  row: Row;
  told: boolean;
  view: VNode;
}

interface KeptPart {
  rows: VNode[];
  view: VNode;
}

export function useViews(rows: Row[], told: Row | undefined, draw: (row: Row, told: boolean) => VNode): VNode[] {
  const knownRows = useRef(new Map<string, KeptRow>());
  const knownParts = useRef(new Map<string, KeptPart>());
  return useMemo(() => {
    const present = new Map<string, KeptRow>();
    const parts = new Map<string, VNode[]>();
    let part = "";
    for (const row of rows) {
      const kept = knownRows.current.get(row.key);
      const says = row === told;
      const same = kept !== undefined && kept.told === says && sameRow(kept.row, row);
      const now = same ? kept : { row, told: says, view: draw(row, says) };
      present.set(row.key, now);
      part = partOf(row, part);
      const views = parts.get(part);
      if (views) views.push(now.view);
      else parts.set(part, [now.view]);
    }
    knownRows.current = present;
    knownParts.current = new Map([...parts].map(([key, views]) => [key, keptPart(key, views, knownParts.current.get(key))]));
    return [...knownParts.current.values()].map((one) => one.view);
  }, [rows, told]);
}

/** By the places of messages, so that it stays whatever is loaded above. */
export function partOf({ key }: Pick<Row, "key">, before: string): string {
  const [, conversation, seq] = /(\d+):(\d+)$/.exec(key) ?? [];
  return conversation ? `${conversation}:${Math.floor((Number(seq) - 1) / PART)}` : before;
}

function keptPart(key: string, rows: VNode[], kept: KeptPart | undefined): KeptPart {
  if (kept?.rows.length === rows.length && kept.rows.every((one, at) => one === rows[at])) return kept;
  const view = (
    <div class="log-part" key={key}>
      {rows}
    </div>
  );
  return { rows, view };
}
