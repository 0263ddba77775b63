// One act of a page at a time: under way, refused with its reason, or done.
import { useState } from "preact/hooks";
import { useWords } from "../../words/words";
import { faultWords } from "./Loaded";

export interface Act {
  busy: boolean;
  fault: string | null;
  /** Said once it worked, until the next act. */
  done: string | null;
  /** True when it worked. */
  run: (work: () => Promise<unknown>, done?: string) => Promise<boolean>;
  clear: () => void;
}

export function useAct(): Act {
  const t = useWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const run = async (work: () => Promise<unknown>, words?: string) => {
    if (busy) return false;
    setBusy(true);
    setFault(null);
    setDone(null);
    try {
      await work();
      setDone(words ?? null);
      return true;
    } catch (problem) {
      setFault(faultWords(t, problem));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const clear = () => {
    setFault(null);
    setDone(null);
  };
  return { busy, fault, done, run, clear };
}
