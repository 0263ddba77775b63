// Where a form stands in the thread: its part of the program comes with the first one.
import type { Form } from "../../../kit/types";
import type { Controller } from "../controller";
import { useLazy } from "../shop/lazy";
import { LinkCard } from "../view/blocks/LinkCard";

export function FormSlot({ form, controller }: { form: Form; controller: Controller }) {
  const Card = useLazy(true, () => import("./FormCard").then((part) => part.FormCard));
  // Until then, and when it cannot be loaded, the form is a page.
  if (!Card || Card === "failed") return <LinkCard title={form.title} url={form.url} words={form.submit_label} />;
  return <Card form={form} controller={controller} />;
}
