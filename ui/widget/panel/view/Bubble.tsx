import { useHug } from "../hug";
import { withLinks } from "../links";

export function Bubble({ text, state }: { text: string; state?: "sending" | "queued" | "failed" }) {
  const ref = useHug(text);
  return (
    <p ref={ref} class="bubble" data-hug="" data-state={state}>
      {withLinks(text)}
    </p>
  );
}
