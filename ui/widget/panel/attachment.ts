// One file on its way: checked before anything is sent, uploaded at once, handed over with the message.
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import type { FileRef, Session } from "../../kit/types";
import type { Calls } from "./calls";

export type Fault = "tooBig" | "wrongType" | "uploadFailed";

export interface Attachment {
  file: File | null;
  /** The picture as it is on this device. */
  local: string | null;
  share: number;
  fault: Fault | null;
  busy: boolean;
  uploaded: { id: string; preview: FileRef } | null;
  take: (file: File) => void;
  again: () => void;
  clear: () => void;
}

type Present = Pick<Attachment, "file" | "local" | "share" | "fault" | "uploaded">;

const NOTHING: Present = { file: null, local: null, share: 0, fault: null, uploaded: null };

export function useAttachment(calls: Calls, session: Session): Attachment {
  const [present, setPresent] = useState<Present>(NOTHING);
  const abort = useRef<AbortController | null>(null);
  const change = (part: Partial<Present>) => setPresent((before) => ({ ...before, ...part }));
  useEffect(() => () => abort.current?.abort(), []);

  const clear = () => {
    abort.current?.abort();
    setPresent(NOTHING);
  };
  const take = (file: File) => {
    abort.current?.abort();
    const local = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
    const fault = faultOf(file, session);
    setPresent({ ...NOTHING, file, local, fault });
    if (!fault) void send(file);
  };
  const send = async (file: File) => {
    const control = new AbortController();
    abort.current = control;
    change({ fault: null, share: 0 });
    try {
      const { file: id, ...preview } = await calls.upload(file, (share) => change({ share }), control.signal);
      if (!control.signal.aborted) change({ share: 1, uploaded: { id, preview } });
    } catch (error) {
      if (!control.signal.aborted) change({ fault: faultIn(error) });
    }
  };
  return {
    ...present,
    busy: present.file !== null && present.uploaded === null && present.fault === null,
    take,
    again: () => present.file && void send(present.file),
    clear,
  };
}

/** The server looks into the bytes, so it may refuse what looked right here. */
function faultIn(error: unknown): Fault {
  const status = error instanceof ApiError ? error.status : 0;
  return status === 413 ? "tooBig" : status === 400 ? "wrongType" : "uploadFailed";
}

export function faultOf(file: { size: number; type: string }, limits: Pick<Session, "file_limit_bytes" | "file_types">): Fault | null {
  if (file.size > limits.file_limit_bytes) return "tooBig";
  return limits.file_types.includes(file.type) ? null : "wrongType";
}
