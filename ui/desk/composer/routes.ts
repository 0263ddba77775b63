// Where a reply may go: which address is best, and what is to be known about it before writing.
import type { Customer, Route, Row } from "../wire";

/** Where the conversation is held, else the channel last spoken on, else the live widget, else the cheapest open one. */
export function bestRoute(routes: readonly Route[], row: Row | null): Route | null {
  const open = routes.filter((one) => one.open);
  return (
    open.find((one) => one.held) ??
    open.find((one) => one.channel === row?.channel) ??
    open.find((one) => one.kind === "live") ??
    open.find((one) => one.cost === "free") ??
    open[0] ??
    null
  );
}

/** The agent's choice as long as it can be used, else the best. */
export function chosenRoute(routes: readonly Route[], row: Row | null, identity: number | null): Route | null {
  return routes.find((one) => one.identity === identity && one.open) ?? bestRoute(routes, row);
}

export function mayAdvertise(customer: Customer | null, route: Route): boolean {
  return customer?.addresses.find((one) => one.id === route.identity)?.advertising === "granted";
}

/** Whether the conversation can be taken there in one click. */
export function mayContinue(route: Route): boolean {
  return route.open && route.carries && !route.held;
}
