// The shop's staff, as owners and admins see and change it.
import type { Language } from "../../../kit/types";
import { get, post, put, remove } from "../../state/api";
import type { Agent } from "../../wire";
import type { Colleague, ColleagueChanged, ColleagueKept, ColleagueLinked, FactorRuled, Staff } from "../../server";

export type { Colleague, Staff } from "../../server";

export type Role = Agent["role"];

export interface NewColleague {
  email: string;
  name: string;
  role: Role;
  language: Language;
}

type Change = Partial<Pick<Colleague, "name" | "role" | "language" | "active">>;

export const loadStaff = (): Promise<Staff> => get("/api/staff");
export const invite = (body: NewColleague): Promise<ColleagueLinked> => post("/api/staff", body);
export const freshLink = (id: number): Promise<ColleagueLinked> => post(`/api/staff/${id}/link`);
export const change = (id: number, body: Change): Promise<ColleagueChanged> =>
  put(`/api/staff/${id}`, body);

export const resetFactor = (id: number): Promise<ColleagueKept> => remove(`/api/staff/${id}/second-factor`);
export const askFactor = (leads_need_factor: boolean): Promise<FactorRuled> => put("/api/staff/second-factor", { leads_need_factor });

/** Owners are owners' matter; the rest is for admins too. */
export const mayChange = (own: Role, whom: Role): boolean => own === "owner" || whom !== "owner";

export function withColleague(staff: Staff, one: Colleague): Staff {
  const known = staff.staff.some((other) => other.id === one.id);
  const list = known ? staff.staff.map((other) => (other.id === one.id ? one : other)) : [...staff.staff, one];
  return { ...staff, staff: list };
}
