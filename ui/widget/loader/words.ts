// The few words on the shop's page. They are here and not in a table file because every byte counts there.

const ja = {
  open: "チャットを開く",
  close: "チャットを閉じる",
  unread: (n: number) => `（未読${n}件）`,
  chat: (shop: string) => `${shop} チャット`.trim(),
  bot: "自動応答",
  dismiss: "案内を閉じる",
};

const en: typeof ja = {
  open: "Open chat",
  close: "Close chat",
  unread: (n) => ` (${n} unread)`,
  chat: (shop) => (shop ? `Chat with ${shop}` : "Chat"),
  bot: "Assistant",
  dismiss: "Dismiss",
};

export type Words = typeof ja;

export function wordsFor(language: string): Words {
  return language.toLowerCase().startsWith("ja") ? ja : en;
}
