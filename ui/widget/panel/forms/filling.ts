// One form on this device: what was typed is kept until the server has it, and it is sent once, whatever the line does.
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../../kit/api";
import { newClientId } from "../../../kit/ids";
import { safeStorage } from "../../../kit/storage";
import type { Controller } from "../controller";

export type Values = Record<string, string[]>;
type Phase = "writing" | "sending" | "waiting" | "failed" | "gone" | "done";

interface Kept {
  key: string;
  values: Values;
  /** It was pressed: it goes as it is, also after a reload. */
  pressed: boolean;
}

export interface Filling {
  values: Values;
  wrong: Record<string, string>;
  phase: Phase;
  put: (name: string, values: string[]) => void;
  send: () => void;
}

const disk = safeStorage();

function read(place: string): Kept {
  try {
    const known = JSON.parse(disk.get(place) ?? "") as Kept;
    if (known && typeof known.key === "string" && known.values) return known;
  } catch {
    // Nothing was kept, or it is not ours.
  }
  return { key: newClientId(), values: {}, pressed: false };
}

export function useFilling(controller: Controller, asked: number): Filling {
  const place = `kaiwa.form.${controller.calls.inbox}.${controller.panel.get().session?.visitor}.${asked}`;
  const kept = useRef<Kept>(null as unknown as Kept);
  kept.current ??= read(place);
  const [values, setValues] = useState(kept.current.values);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [phase, setPhase] = useState<Phase>(kept.current.pressed ? "waiting" : "writing");
  const now = useRef(phase);
  now.current = phase;
  const keep = (change: Partial<Kept>) => {
    kept.current = { ...kept.current, ...change };
    disk.set(place, JSON.stringify(kept.current));
  };

  const send = async () => {
    if (now.current === "sending" || now.current === "done") return;
    now.current = "sending";
    setPhase("sending");
    setWrong({});
    keep({ pressed: true });
    try {
      await controller.sendForm({ asked, client_id: kept.current.key, values: kept.current.values });
      disk.remove(place);
      setPhase("done");
    } catch (problem) {
      const error = problem instanceof ApiError ? problem : null;
      if (error?.status === 409) return setPhase("done");
      if (error?.status === 0) return setPhase("waiting");
      keep({ pressed: false });
      const fields = error?.detail.fields as Record<string, string> | undefined;
      if (fields) setWrong(fields);
      setPhase(fields ? "writing" : error?.status === 404 ? "gone" : "failed");
    }
  };
  useEffect(() => {
    const again = () => now.current === "waiting" && controller.panel.get().live.kind === "live" && void send();
    again();
    return controller.panel.listen(again);
  }, []);
  const put = (name: string, given: string[]) => {
    const next = { ...kept.current.values, [name]: given };
    keep({ values: next });
    setValues(next);
    if (wrong[name]) setWrong(Object.fromEntries(Object.entries(wrong).filter(([one]) => one !== name)));
  };
  return { values, wrong, phase, put, send: () => void send() };
}
