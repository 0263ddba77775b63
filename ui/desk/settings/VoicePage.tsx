// The voice of the shop: written, heard beside it, and kept.
import { KeptPage } from "./parts/KeptPage";
import { Preview } from "./Preview";
import { VoiceForm } from "./VoiceForm";
import { draftOf, keepVoice, loadVoice } from "./voice";

export function VoicePage() {
  return (
    <KeptPage
      words="voice"
      load={loadVoice}
      draftOf={draftOf}
      keep={(draft, kept) => keepVoice(draft, kept.decimals)}
      form={(draft, kept, change) => <VoiceForm draft={draft} kept={kept} change={change} />}
      beside={(draft, kept) => <Preview draft={draft} decimals={kept.decimals} first={kept.samples} />}
    />
  );
}
