// The one button that goes on; while its press is under way it stays focusable and does nothing.
import type { ComponentChildren } from "preact";
import { useValue } from "../../../kit/state";
import type { Purchase } from "./purchase";
import { useCheckoutWords } from "./words";

interface Props {
  purchase: Purchase;
  /** The form that it sends. */
  form: string;
  busyWords?: string;
  children: ComponentChildren;
}

export function Main({ purchase, form, busyWords, children }: Props) {
  const { t } = useCheckoutWords();
  const { busy } = useValue(purchase);
  return (
    <button class="button button-main button-wide figures" type="submit" form={form} aria-busy={busy !== null}>
      {busy && busy !== "look" ? (busyWords ?? t("busy")) : children}
    </button>
  );
}
