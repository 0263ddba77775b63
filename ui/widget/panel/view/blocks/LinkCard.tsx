import { Icon } from "../../../../kit/icons";
import { money } from "../../../../kit/locale";
import type { Money } from "../../../../kit/types";
import { webAddress } from "../../links";
import { useWords } from "../../words";

interface Props {
  title: string;
  url: string | null | undefined;
  amount?: Money | null;
  /** What the link says, when the record says it. */
  words?: string;
}

/** Something that goes on on a page of its own: a payment, a form. */
export function LinkCard({ title, url, amount, words }: Props) {
  const { t, language } = useWords();
  return (
    <section class="card receipt">
      <header>
        <h2>{title}</h2>
        {amount && <p class="order-promise figures">{money(amount, language)}</p>}
      </header>
      <LinkRow url={url} text={words || t(amount ? "pay" : "openLink")} />
    </section>
  );
}

/** The link at the foot of a card. */
export function LinkRow({ url, text }: { url: string | null | undefined; text: string }) {
  const address = webAddress(url);
  if (!address) return null;
  return (
    <a class="card-foot" href={address} target="_blank" rel="noopener noreferrer">
      {text}
      <Icon name="open" size={16} />
    </a>
  );
}
