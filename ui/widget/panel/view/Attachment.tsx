import { Icon } from "../../../kit/icons";
import { fileSize } from "../../../kit/locale";
import type { Attachment } from "../attachment";
import { useWords } from "../words";

export function AttachmentView({ attachment, limit }: { attachment: Attachment; limit: number }) {
  const { t, language } = useWords();
  const { file, fault, share } = attachment;
  if (!file) return null;
  const percent = Math.round(share * 100);
  const words = fault && t(fault, { limit: fileSize(limit, language) });
  return (
    <div class="attachment" data-fault={fault ?? undefined}>
      {attachment.local ? <img src={attachment.local} alt="" /> : <Icon name="file" size={24} />}
      <div class="attachment-words">
        <p class="attachment-name">{file.name}</p>
        {words ? (
          <p role="alert">{words}</p>
        ) : (
          <progress value={share} max={1} aria-label={t("attachProgress", { name: file.name, percent })} />
        )}
      </div>
      {fault === "uploadFailed" && (
        <button class="icon-button" type="button" aria-label={t("again")} onClick={attachment.again}>
          <Icon name="retry" />
        </button>
      )}
      <button class="icon-button" type="button" aria-label={t("attachRemove", { name: file.name })} onClick={attachment.clear}>
        <Icon name="close" />
      </button>
    </div>
  );
}
