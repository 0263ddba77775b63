// A file on its way to the server and then waiting to leave with the reply.
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { fileSize } from "../../kit/locale";
import { upload } from "../../kit/upload";
import { Glyph } from "../icons";
import { tokenHeader } from "../state/api";
import { useStore } from "../state/store";
import { useLanguage, useWords } from "../words/words";
import type { Draft } from "./draft";

export interface Attaching {
  /** Null when nothing is being uploaded. */
  share: { name: string; percent: number } | null;
  fault: { name: string; words: string } | null;
  choose: (file: File) => void;
  stop: () => void;
}

export function useAttaching(draft: Draft): Attaching {
  const [share, setShare] = useState<Attaching["share"]>(null);
  const [fault, setFault] = useState<Attaching["fault"]>(null);
  const control = useRef<AbortController | null>(null);
  useEffect(() => () => control.current?.abort(), [draft]);
  const choose = async (file: File) => {
    control.current?.abort();
    const mine = new AbortController();
    control.current = mine;
    setFault(null);
    setShare({ name: file.name, percent: 0 });
    const onProgress = (part: number) => setShare({ name: file.name, percent: Math.round(part * 100) });
    try {
      const done = await upload("/api/files", file, { headers: tokenHeader(), onProgress, signal: mine.signal });
      draft.store.set({ file: done });
    } catch (problem) {
      if (!mine.signal.aborted) setFault({ name: file.name, words: problem instanceof ApiError ? problem.message : "" });
    }
    if (control.current === mine) setShare(null);
  };
  const stop = () => {
    control.current?.abort();
    setShare(null);
  };
  return { share, fault, choose: (file) => void choose(file), stop };
}

export function AttachButton({ attaching }: { attaching: Attaching }) {
  const t = useWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) attaching.choose(file);
          event.currentTarget.value = "";
        }}
      />
      <button
        type="button"
        class="icon-button"
        aria-label={t("desk.composer.attach")}
        title={t("desk.composer.attach")}
        onClick={() => input.current?.click()}
      >
        <Glyph name="clip" />
      </button>
    </>
  );
}

export function Attachment({ draft, attaching }: { draft: Draft; attaching: Attaching }) {
  const t = useWords();
  const language = useLanguage();
  const file = useStore(draft.store, (state) => state.file);
  const { share, fault } = attaching;
  return (
    <>
      {share && (
        <p class="attached" role="status">
          <Glyph name="file" size={16} />
          <span class="file-name">{t("desk.composer.uploading", { name: share.name, n: share.percent })}</span>
          <Detach onPress={attaching.stop} />
        </p>
      )}
      {fault && (
        <p class="fault" role="alert">
          <Glyph name="alert" size={16} />
          {t("desk.composer.uploadFailed", { name: fault.name })} {fault.words}
        </p>
      )}
      {file && !share && (
        <p class="attached">
          <Glyph name={file.type.startsWith("image/") ? "image" : "file"} size={16} />
          <span class="file-name">{file.name}</span>
          <span class="file-size figures">{fileSize(file.size_bytes, language)}</span>
          <Detach onPress={() => draft.store.set({ file: null })} />
        </p>
      )}
    </>
  );
}

function Detach({ onPress }: { onPress: () => void }) {
  const t = useWords();
  return (
    <button type="button" class="icon-button" aria-label={t("desk.composer.detach")} onClick={onPress}>
      <Glyph name="close" size={16} />
    </button>
  );
}
