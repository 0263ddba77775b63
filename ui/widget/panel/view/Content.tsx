// What the shopper sent.
import { Icon } from "../../../kit/icons";
import type { Content } from "../../../kit/types";
import { drawingOf } from "../../../kit/sticker";
import { useWords } from "../words";
import { Bubble } from "./Bubble";
import { AnswerCard } from "./blocks/AnswerCard";
import { FileView } from "./blocks/FileView";

export function ContentView({ content }: { content: Content | null }) {
  const { t } = useWords();
  switch (content?.type) {
    case "text":
      return <Bubble text={content.text} />;
    case "image":
    case "video":
    case "audio":
    case "file":
      return (
        <>
          {content.file ? (
            <FileView type={content.type} file={content.file} alt={content.text ?? ""} />
          ) : (
            <p class="bubble bubble-icon">
              <Icon name={content.type === "image" ? "image" : "file"} />
              {t(content.lost ? "fileLost" : "fileComing")}
            </p>
          )}
          {content.text && <Bubble text={content.text} />}
        </>
      );
    case "sticker":
      if (content.sticker) return <img class="sticker" src={drawingOf(content.sticker)} alt={content.text ?? t("sticker")} />;
      return <Bubble text={content.text || content.keywords?.[0] || t("sticker")} />;
    case "postback":
      return <Bubble text={content.label ?? ""} />;
    case "form_answer":
      return <AnswerCard answer={content} />;
    case "location":
      return (
        <p class="bubble bubble-icon">
          <Icon name="pin" />
          {content.title || content.address || t("location")}
        </p>
      );
    default:
      return <p class="thread-note">{t("unknown")}</p>;
  }
}
