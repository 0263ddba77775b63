// The content of one message. Nothing is ever dropped: what cannot be drawn shows what stands for it in words.
import { Gif } from "../../kit/Gif";
import { answerWords } from "../../kit/filled";
import { drawingOf, stickerAt } from "../../kit/sticker";
import { fileSize } from "../../kit/locale";
import type { FilledForm } from "../../kit/types";
import { Glyph } from "../icons";
import type { Content, DeskMessage, FileRef } from "../wire";
import { useLanguage, useWords } from "../words/words";
import { BlockView } from "./BlockView";

export function MessageBody({ message }: { message: DeskMessage }) {
  const t = useWords();
  if (message.unsent_at || message.content?.type === "unsent")
    return (
      <p class="bubble bubble-gone">
        <Glyph name="close" size={14} />
        {t(message.content?.type === "unsent" && message.content.parted ? "desk.parted" : "desk.unsent")}
      </p>
    );
  if (message.direction === "out")
    return (
      <>
        {message.blocks.map((block, index) => (
          <BlockView key={index} block={block} />
        ))}
      </>
    );
  if (!message.content) return null;
  return (
    <>
      <ContentView content={message.content} />
      {message.letter?.original && <WholeLetter original={message.letter.original} />}
    </>
  );
}

/** All that a mail said, quotes and signature too: shown when somebody asks for it. */
function WholeLetter({ original }: { original: string }) {
  const t = useWords();
  return (
    <details class="whole-letter">
      <summary>{t("desk.letter.whole")}</summary>
      <p class="bubble bubble-in">{original}</p>
    </details>
  );
}

function ContentView({ content }: { content: Content }) {
  const t = useWords();
  switch (content.type) {
    case "text":
      return <p class="bubble bubble-in">{content.text}</p>;
    case "image":
    case "video":
    case "audio":
    case "file":
      return (
        <>
          <FileView
            kind={content.type}
            file={content.file}
            alt={content.text || t(`desk.${content.type}`)}
            out={false}
            coming={!content.lost}
          />
          {content.text && <p class="bubble bubble-in">{content.text}</p>}
        </>
      );
    case "sticker":
      if (content.sticker) return <img class="sticker" src={drawingOf(content.sticker)} alt={content.text ?? t("desk.sticker")} />;
      return <Plain kind={t("desk.sticker")} words={content.text || (content.keywords ?? []).slice(0, 3).join("・")} />;
    case "location":
      return <Plain kind={t("desk.location")} words={[content.title, content.address].filter(Boolean).join(" ")} />;
    case "form_answer":
      return <AnswerSheet answer={content} />;
    case "postback":
      return <p class="bubble bubble-in bubble-act">{t("desk.postback", { label: content.label ?? "" })}</p>;
    default:
      return <p class="bubble bubble-in bubble-act">{t("desk.unknownKind")}</p>;
  }
}

/** A filled form: what was asked and what was answered, as a card. */
function AnswerSheet({ answer }: { answer: FilledForm }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <div class="sheet-block answer-sheet">
      <p class="sheet-title">
        <Glyph name="note" size={16} />
        {answer.title}
      </p>
      <dl>
        {answer.filled.map((one) => (
          <div key={one.name}>
            <dt class="quiet">{one.label}</dt>
            <dd>{one.values.length === 0 ? t("ask.open") : one.kind === "consent" ? t("ask.agreed") : answerWords(one, language)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Plain({ kind, words }: { kind: string; words: string }) {
  return (
    <p class="bubble bubble-in bubble-act">
      {kind}
      {words && <b>{words}</b>}
    </p>
  );
}

interface FileProps {
  kind: "image" | "video" | "audio" | "file";
  file: FileRef | null;
  alt: string;
  out: boolean;
  /** Its bytes are still being fetched from the channel. */
  coming?: boolean;
}

export function FileView({ kind, file, alt, out, coming = false }: FileProps) {
  const t = useWords();
  const language = useLanguage();
  const side = out ? "bubble-out" : "bubble-in";
  if (!file?.url)
    return (
      <p class={`bubble ${side} bubble-act`}>
        <Glyph name="file" size={16} />
        {t(coming ? "desk.fileComing" : "desk.fileGone")}
      </p>
    );
  const sticker = kind === "image" ? stickerAt(file.url) : null;
  if (sticker) return <img class="sticker" src={drawingOf(sticker)} alt={alt} />;
  if (kind === "image" && file.type === "image/gif")
    return <Gif src={file.url} alt={alt || file.name} play={t("ask.gifPlay")} stop={t("ask.gifStop")} />;
  if (kind === "image")
    return (
      <a class="picture" href={file.url} target="_blank" rel="noreferrer">
        <img src={file.url} alt={alt || file.name} loading="lazy" />
      </a>
    );
  if (kind === "audio") return <audio class="sound" controls preload="none" src={file.url} aria-label={alt || file.name} />;
  if (kind === "video") return <video class="film" controls preload="metadata" src={file.url} aria-label={alt || file.name} />;
  return (
    <a class={`bubble ${side} file`} href={file.url} target="_blank" rel="noreferrer">
      <Glyph name="file" />
      <span class="file-name">{file.name}</span>
      <span class="file-size figures">{fileSize(file.size_bytes, language)}</span>
    </a>
  );
}
