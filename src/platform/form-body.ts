/** What a posted form holds, field by field. Reads only text and files; what they mean is the capability's. */

type FormValue = string | File | (string | File)[] | undefined;
export type FormBody = Readonly<Record<string, FormValue>>;

/** The first text of a field; empty where there is none. */
export const one = (body: FormBody, name: string): string => {
  const value = body[name];
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? first : "";
};
/** All texts of a field. */
export const several = (body: FormBody, name: string): string[] => {
  const value = body[name];
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.filter((entry): entry is string => typeof entry === "string");
};
/** A file as it was chosen: its name and its bytes. What it may be is asked by whoever keeps it. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}
/** The files chosen for a field, read whole. */
export const uploadsOf = (body: FormBody, name: string): Promise<Upload[]> =>
  Promise.all(
    files(body, name).map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
/** The files chosen for a field. */
export const files = (body: FormBody, name: string): File[] => {
  const value = body[name];
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value];
  // A browser sends an empty file for a field where none was chosen.
  return all.filter((entry): entry is File => typeof entry !== "string" && !(entry.size === 0 && entry.name === ""));
};
