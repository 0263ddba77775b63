// Routing and targets: written and kept.
import { useDesk } from "../../state/desk-context";
import { KeptPage } from "../parts/KeptPage";
import { RoutingForm } from "./RoutingForm";
import { draftOf, keepRouting, loadRouting } from "./routing";
import "./routing.css";

export function RoutingPage() {
  const { attendance } = useDesk();
  return (
    <KeptPage
      words="routing"
      class="routing-main"
      load={loadRouting}
      draftOf={draftOf}
      keep={(draft, kept) => keepRouting(draft, kept.decimals)}
      onKept={() => attendance.loadSoon()}
      form={(draft, kept, change) => <RoutingForm draft={draft} kept={kept} change={change} />}
    />
  );
}
