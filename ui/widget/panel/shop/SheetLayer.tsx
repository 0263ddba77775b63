// Where a sheet slides over the thread. Its part of the program comes with the first one that is opened.
import { useValue } from "../../../kit/state";
import type { Controller } from "../controller";
import { useWords } from "../words";
import { useLazy } from "./lazy";

interface Props {
  controller: Controller;
}

export function SheetLayer({ controller }: Props) {
  const { t } = useWords();
  const { till } = controller;
  const { sheet } = useValue(till);
  const Sheets = useLazy(sheet !== null, () => import("./Sheets").then((part) => part.Sheets));
  if (!sheet || !Sheets) return null;
  if (Sheets === "failed") {
    return (
      <div class="sheet-failed" role="alert">
        <p>{t("unreachable")}</p>
        <button class="button button-line" type="button" onClick={till.close}>
          {t("closeSheet")}
        </button>
      </div>
    );
  }
  return <Sheets controller={controller} sheet={sheet} />;
}
