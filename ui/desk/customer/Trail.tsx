// Where the customer has been: the shop's pages, and earlier conversations.
import { addressOf, go, isPlainPress, route } from "../state/route";
import type { Customer, Page } from "../wire";
import { shortTime, useNow } from "../words/time";
import { useLanguage, useWords } from "../words/words";
import { Section } from "./Section";

/** The same page several times is one line with a count, at its newest visit. */
function visits(pages: readonly Page[]): { page: Page; times: number }[] {
  const byUrl = new Map<string, { page: Page; times: number }>();
  for (const page of [...pages].sort((one, other) => (one.at > other.at ? -1 : 1))) {
    const known = byUrl.get(page.url);
    if (known) known.times += 1;
    else byUrl.set(page.url, { page, times: 1 });
  }
  return [...byUrl.values()];
}

export function PagesViewed({ pages }: { pages: readonly Page[] }) {
  const t = useWords();
  const language = useLanguage();
  const now = useNow();
  return (
    <Section id="pages" title={t("desk.customer.pages")}>
      {pages.length === 0 && <p class="quiet">{t("desk.customer.noPages")}</p>}
      <ul class="trail">
        {visits(pages).map(({ page, times }) => (
          <li key={page.url}>
            <a class="trail-link" href={safeUrl(page.url)} target="_blank" rel="noreferrer">
              <span class="trail-title">{page.title || page.url}</span>
              {times > 1 && <span class="quiet figures">{t("desk.customer.times", { n: times })}</span>}
              <time class="trail-time figures" dateTime={page.at}>
                {shortTime(page.at, language, now)}
              </time>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The address came from a visitor's browser: only what leads to a page may be pressed. */
function safeUrl(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}

export function PastConversations({ past }: { past: Customer["past"] }) {
  const t = useWords();
  const language = useLanguage();
  const now = useNow();
  return (
    <Section id="past" title={t("desk.customer.past")}>
      {past.length === 0 && <p class="quiet">{t("desk.customer.noPast")}</p>}
      <ul class="trail">
        {past.map((one) => (
          <li key={one.id}>
            <a
              class="trail-link"
              href={addressOf({ ...route.get(), conversation: one.id, seq: null })}
              onClick={(event) => {
                if (!isPlainPress(event)) return;
                event.preventDefault();
                go({ conversation: one.id });
              }}
            >
              <span class="trail-title">{one.preview || t("desk.row.noPreview")}</span>
              <time class="trail-time figures" dateTime={one.opened_at}>
                {shortTime(one.opened_at, language, now)}
              </time>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
