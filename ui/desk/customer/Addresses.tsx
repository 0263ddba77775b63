import { Glyph } from "../icons";
import { ChannelMark } from "../marks";
import type { Address } from "../wire";
import { useChannelName, useWords } from "../words/words";
import { Section } from "./Section";

/** Each address with how sure it is, and whether advertising may go there. */
export function Addresses({ addresses }: { addresses: readonly Address[] }) {
  const t = useWords();
  return (
    <Section id="contacts" title={t("desk.customer.contacts")}>
      {addresses.length === 0 && <p class="quiet">{t("desk.customer.noContacts")}</p>}
      <ul class="addresses">
        {addresses.map((address) => (
          <OneAddress key={address.id} address={address} />
        ))}
      </ul>
    </Section>
  );
}

function OneAddress({ address }: { address: Address }) {
  const t = useWords();
  const channelName = useChannelName();
  const sure = address.grade !== "claimed";
  return (
    <li class="address">
      <ChannelMark channel={address.channel} />
      <span class="unseen">{channelName(address.channel)}</span>
      <span class="address-label">{address.kind === "visitor" ? t("desk.customer.browser") : address.label}</span>
      {sure ? (
        <span class="address-grade tone-matsu" title={t("desk.customer.verified")}>
          <Glyph name="shield" size={16} />
          <span class="unseen">{t("desk.customer.verified")}</span>
        </span>
      ) : (
        <span class="address-grade tone-yamabuki">
          <Glyph name="help" size={16} />
          {t("desk.customer.claimed")}
        </span>
      )}
      {address.blocked_at ? (
        <span class="address-ads tone-shu">{t("desk.customer.blocked")}</span>
      ) : (
        <span class={address.advertising === "granted" ? "address-ads tone-matsu" : "address-ads"}>
          {t(`desk.customer.ads.${address.advertising}`)}
        </span>
      )}
    </li>
  );
}
