// A drawing beside each way to pay; decoration, the words say which it is.
const card = "M3.25 6.25h17.5v11.5H3.25zM3.25 10.25h17.5M6.75 14.5h3.5";
const drawings: Record<string, string> = {
  konbini:
    "M4.75 11v8.25h14.5V11M3.75 8.5l1.9-3.75h12.7l1.9 3.75c0 2.75-4 3-4.1 0-.1 3-4 3-4.1 0-.1 3-4 3-4.1 0-.1 3-4.2 2.75-4.2 0zM10 19.25V15h4v4.25",
  bank_transfer: "M4 9.5 12 4.75l8 4.75zM5.25 19.25h13.5M7 9.75v6.5M12 9.75v6.5M17 9.75v6.5M5.25 16.5h13.5",
  cash_on_delivery: "M12 3.75a8.25 8.25 0 1 0 0 16.5 8.25 8.25 0 0 0 0-16.5zM8.75 7.75l3.25 4.75 3.25-4.75M12 12.5v4.25M9.25 13h5.5M9.25 15.25h5.5",
};

export function Sign({ kind }: { kind: string }) {
  return (
    <svg class="icon buy-sign" viewBox="0 0 24 24" width={24} height={24} stroke-width={1.6} aria-hidden="true">
      <path d={drawings[kind] ?? card} />
    </svg>
  );
}
