/** The contract that an address at the desk names, and what a form on its pages was refused with. */
import type { AppContext } from "../../platform/context.ts";
import type { FormBody } from "../../platform/form-body.ts";
import type { Problem } from "../../platform/problem.tsx";
import { deskContractHref, readContractNumber } from "./addresses.ts";
import { byContractNumber, type ContractRow, contractFrom, findContract } from "./store.ts";

export async function contractOf(c: AppContext): Promise<ContractRow | null> {
  const { scene } = c.var;
  const number = readContractNumber(c.req.param("number"));
  if (!number) return null;
  const [rows] = await scene.db.read(findContract(scene, byContractNumber(scene, number)));
  const row = rows[0] ? contractFrom(rows[0]) : null;
  return row?.state === "signed" ? row : null;
}
export const baseOf = (c: AppContext, row: ContractRow): string =>
  deskContractHref(c.var.scene.community.slug, row.number);

export interface Again {
  readonly at: string;
  readonly problem: Problem;
  readonly body: FormBody;
}
