import { Gif } from "../../../../kit/Gif";
import { Icon } from "../../../../kit/icons";
import { fileSize } from "../../../../kit/locale";
import type { FileRef } from "../../../../kit/types";
import { drawingOf, stickerAt } from "../../../../kit/sticker";
import { webAddress } from "../../links";
import { useWords } from "../../words";
import { Bubble } from "../Bubble";

type Kind = "image" | "video" | "audio" | "file";

export function kindOf(type: string): Kind {
  const [kind] = type.split("/");
  return kind === "image" || kind === "video" || kind === "audio" ? kind : "file";
}

export function FileView({ type, file, alt }: { type: Kind; file: FileRef | null; alt: string }) {
  const { t, language } = useWords();
  const address = file?.url?.startsWith("blob:") ? file.url : webAddress(file?.url);
  const words = alt || (type === "file" ? file?.name : t(type)) || "";
  if (!file || !address) return words ? <Bubble text={words} /> : null;
  const sticker = type === "image" ? stickerAt(address) : null;
  if (sticker) return <img class="sticker" src={drawingOf(sticker)} alt={words} />;
  if (type === "image" && file.type === "image/gif") return <Gif src={address} alt={words} play={t("gifPlay")} stop={t("gifStop")} />;
  if (type === "image") {
    return (
      <a class="picture" href={address} target="_blank" rel="noopener noreferrer">
        <img src={address} alt={words} />
      </a>
    );
  }
  return (
    <a class="file" href={address} target="_blank" rel="noopener noreferrer">
      <Icon name="file" size={24} />
      <span>
        <strong>{file.name || words}</strong>
        <small>{fileSize(file.size_bytes, language)}</small>
      </span>
    </a>
  );
}
