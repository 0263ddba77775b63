// Who may log in and as what: invited, given another role, shut out; and what each role may do.
import { useState } from "preact/hooks";
import { Glyph } from "../../icons";
import { useWords } from "../../words/words";
import { Loaded, useKnown } from "../parts/Loaded";
import { Copied, Part } from "../parts/Parts";
import { FactorRule } from "./FactorRule";
import { Invite } from "./Invite";
import { PersonLine } from "./PersonLine";
import { type Colleague, loadStaff, type Staff, withColleague } from "./staff";

export interface Fresh {
  whom: Colleague;
  link: string;
}

export function StaffPage() {
  const known = useKnown<Staff>(loadStaff);
  return <Loaded known={known}>{(staff) => <People staff={staff} set={known.set} />}</Loaded>;
}

function People({ staff, set }: { staff: Staff; set: (staff: Staff) => void }) {
  const t = useWords();
  const [fresh, setFresh] = useState<Fresh | null>(null);
  const took = (one: Colleague, link: string | null = null) => {
    set(withColleague(staff, one));
    if (link !== null) setFresh({ whom: one, link: location.origin + link });
  };
  const active = staff.staff.filter((one) => one.active);
  const out = staff.staff.filter((one) => !one.active);
  return (
    <main class="settings-page">
      {fresh && <FreshLink fresh={fresh} onClose={() => setFresh(null)} />}
      <Part title={t("staff.people", { n: active.length })}>
        <ul class="lines">
          {active.map((one) => (
            <PersonLine key={one.id} person={one} roles={staff.roles} took={took} />
          ))}
        </ul>
      </Part>
      <Invite roles={staff.roles} took={took} />
      <FactorRule staff={staff} set={set} />
      {out.length > 0 && (
        <Part title={t("staff.out")} lead={t("staff.out.lead")}>
          <ul class="lines">
            {out.map((one) => (
              <PersonLine key={one.id} person={one} roles={staff.roles} took={took} />
            ))}
          </ul>
        </Part>
      )}
      <Part title={t("staff.roles")}>
        <ul class="lines">
          {staff.roles.map((role) => (
            <li key={role} class="line">
              <span class="line-words">
                <b>{t(`desk.role.${role}`)}</b>
                <span class="quiet">{t(`staff.may.${role}`)}</span>
              </span>
            </li>
          ))}
        </ul>
      </Part>
    </main>
  );
}

/** The only time the link is shown. */
function FreshLink({ fresh, onClose }: { fresh: Fresh; onClose: () => void }) {
  const t = useWords();
  return (
    <section class="notice notice-well" aria-label={t("staff.link")}>
      <Glyph name="lock" size={16} />
      <div class="notice-words">
        <b role="status">{t("staff.link.for", { name: fresh.whom.name })}</b>
        <span>{t("staff.link.lead")}</span>
        <Copied label={t("staff.link")} text={fresh.link} />
      </div>
      <button type="button" class="icon-button" aria-label={t("desk.close")} onClick={onClose}>
        <Glyph name="close" size={16} />
      </button>
    </section>
  );
}
