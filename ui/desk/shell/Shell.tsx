// The frame of the desk: views, list, conversation, customer. By width it folds down to one column.
import { useEffect, useState } from "preact/hooks";
import { CustomerPanel } from "../customer/CustomerPanel";
import { ConversationList } from "../list/ConversationList";
import { SearchPane } from "../search/SearchPane";
import { WhisperBar } from "../staff/WhisperBar";
import { useDesk } from "../state/desk-context";
import { route } from "../state/route";
import { useStore } from "../state/store";
import { ThreadColumn } from "../thread/ThreadColumn";
import { useWords } from "../words/words";
import { NothingOpen } from "./NothingOpen";
import { OfflineBar } from "./OfflineBar";
import { Sidebar } from "./Sidebar";
import { TabBar } from "./TabBar";
import { NO_PANEL, PHONE, useMedia } from "./media";
import { useShortcuts } from "./shortcuts";

export function Shell() {
  const t = useWords();
  const desk = useDesk();
  const { view, query, conversation } = useStore(route, (place) => place);
  const thread = useStore(desk.open, (state) => state.thread);
  const phone = useMedia(PHONE);
  const drawer = useMedia(NO_PANEL);
  const [panel, setPanel] = useState(false);
  useEffect(() => setPanel(false), [conversation, drawer]);
  useShortcuts(desk, { togglePanel: () => drawer && conversation && setPanel((open) => !open) });
  useEffect(() => {
    document.title = `${t(`desk.view.${view}`)} · ${desk.agent.merchant.name}`;
  }, [view, t, desk]);

  const showList = !phone || conversation === null;
  const showThread = !phone || conversation !== null;
  return (
    <div class="shell">
      <SkipLinks list={showList} open={conversation !== null} />
      <OfflineBar />
      <WhisperBar />
      <div class="columns">
        {!phone && <Sidebar />}
        {showList && (query === null ? <ConversationList /> : <SearchPane query={query} />)}
        {showThread && (
          <main class="thread-column" id="thread" tabIndex={-1} aria-label={t("desk.thread")}>
            {thread ? (
              <ThreadColumn key={thread.id} thread={thread} onCustomer={drawer ? () => setPanel(true) : null} />
            ) : (
              <NothingOpen />
            )}
          </main>
        )}
        {thread && (!drawer || panel) && (
          <CustomerPanel key={`customer-${thread.id}`} thread={thread} onClose={drawer ? () => setPanel(false) : null} />
        )}
      </div>
      {phone && conversation === null && <TabBar />}
    </div>
  );
}

function SkipLinks({ list, open }: { list: boolean; open: boolean }) {
  const t = useWords();
  const jump = (id: string) => (event: MouseEvent) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return (
    <div class="skips">
      {list && (
        <a class="skip" href="#list" onClick={jump("list")}>
          {t("desk.skip.list")}
        </a>
      )}
      {open && (
        <a class="skip" href="#thread" onClick={jump("thread")}>
          {t("desk.skip.thread")}
        </a>
      )}
      {open && (
        <a class="skip" href="#composer-text" onClick={jump("composer-text")}>
          {t("desk.skip.composer")}
        </a>
      )}
    </div>
  );
}
