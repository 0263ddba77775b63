import { ChannelMark } from "../marks";
import { span } from "../staff/due";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { useNow } from "../words/time";
import { useChannelName, useWords } from "../words/words";

export function ChannelTable() {
  const t = useWords();
  const name = useChannelName();
  const { board } = useDesk();
  const channels = useStore(board.store, (state) => state.channels);
  const now = useNow(10_000);
  const lines = [...channels.values()].filter((one) => one.waiting > 0).sort((one, other) => other.waiting - one.waiting);
  return (
    <section class="board-card" aria-labelledby="board-channels">
      <h2 id="board-channels">{t("board.channels")}</h2>
      {lines.length === 0 ? (
        <p class="board-none">{t("board.channels.none")}</p>
      ) : (
        <table class="board-table">
          <thead>
            <tr>
              <th scope="col">{t("board.channel")}</th>
              <th scope="col" class="right">{t("board.wait")}</th>
              <th scope="col" class="right">{t("board.longestShort")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((one) => (
              <tr key={one.channel}>
                <th scope="row">
                  <ChannelMark channel={one.channel} /> {name(one.channel)}
                </th>
                <td class="right figures">{one.waiting}</td>
                <td class="right figures">{one.longest_since ? span(t, now - Date.parse(one.longest_since)) : "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
