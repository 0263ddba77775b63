// What narrows a view, as it stands in the address bar and in a request.
import { type Filter, PRIORITIES } from "../wire";

export function readFilter(query: URLSearchParams): Filter {
  const only: Filter = {};
  const priority = PRIORITIES.find((one) => one === query.get("priority"));
  const [label, team] = [Number(query.get("label")), Number(query.get("team"))];
  const channel = query.get("channel");
  if (priority) only.priority = priority;
  if (label > 0) only.label = label;
  if (team > 0) only.team = team;
  if (channel) only.channel = channel;
  return only;
}

/** The same filter is the same text, whatever the order it was made in. */
export function filterQuery({ label, priority, channel, team, assignee }: Filter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ label, priority, channel, team, assignee })) if (value) query.set(name, String(value));
  return query.toString();
}
