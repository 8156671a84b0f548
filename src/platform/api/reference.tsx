/** The reference page of the API, written on the server from the OpenAPI document itself: no script, nothing from elsewhere. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Child } from "hono/jsx";
import type { T } from "../i18n.ts";
import { Details } from "../ui/notices.tsx";
import { DataTable } from "../ui/tables.tsx";

export type OpenApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;
type SchemaOrRef = NonNullable<NonNullable<OpenApiDocument["components"]>["schemas"]>[string];
type Schema = Exclude<SchemaOrRef, { $ref: string }>;

const METHODS = ["get", "post", "put", "delete"] as const;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: SchemaOrRef;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly body: SchemaOrRef | undefined;
  readonly bodyExample: unknown;
  readonly responses: readonly {
    readonly status: string;
    readonly description: string;
    readonly schema?: SchemaOrRef;
    readonly mediaType: string;
  }[];
}

interface RawOperation {
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, Media> };
  responses?: Record<string, { description?: string; content?: Record<string, Media> }>;
}
interface Media {
  schema?: SchemaOrRef;
  example?: unknown;
}

/** The document's operations in the order of their paths. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  const found: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const method of METHODS) {
      const raw = (item as Readonly<Record<string, RawOperation | undefined>>)[method];
      if (!raw) continue;
      const [media] = Object.values(raw.requestBody?.content ?? {});
      found.push({
        method: method.toUpperCase(),
        path,
        summary: raw.summary ?? path,
        description: raw.description ?? "",
        parameters: raw.parameters ?? [],
        body: media?.schema,
        bodyExample: media?.example ?? exampleOf(media?.schema),
        responses: Object.entries(raw.responses ?? {}).map(([status, response]) => {
          const [answer] = Object.entries(response.content ?? {});
          return {
            status,
            description: response.description ?? "",
            mediaType: answer?.[0] ?? "",
            ...(answer?.[1].schema ? { schema: answer[1].schema } : {}),
          };
        }),
      });
    }
  return found;
}

const isRef = (schema: SchemaOrRef): schema is Extract<SchemaOrRef, { $ref: string }> => "$ref" in schema;

const exampleOf = (schema: SchemaOrRef | undefined): unknown =>
  schema && !isRef(schema) ? (schema.example ?? schema.examples?.[0]) : undefined;

/** Sentences are written "中文 | English" in the schemas; the page shows the reader's side. */
const say = (text: string | undefined, t: T): string => {
  const [zh, en] = (text ?? "").split(" | ");
  return en === undefined ? (zh ?? "") : t(zh ?? "", en);
};

const anchor = (name: string): string => `schema-${name}`;

/** A schema in one line: its type, or a link to where it is described. */
const TypeWord = ({ t, schema }: { t: T; schema: SchemaOrRef | undefined }): Child => {
  if (!schema) return t("任意", "anything");
  if (isRef(schema)) {
    const name = schema.$ref.split("/").pop()!;
    return (
      <a href={`#${anchor(name)}`}>
        <code>{name}</code>
      </a>
    );
  }
  const options = schema.anyOf ?? schema.oneOf;
  if (options)
    return (
      <>
        {options.map((option, at) => (
          <>
            {at === 0 ? null : t(" 或 ", " or ")}
            <TypeWord t={t} schema={option as SchemaOrRef} />
          </>
        ))}
      </>
    );
  if (schema.enum)
    return (
      <>
        {schema.enum.map((value, at) => (
          <>
            {at === 0 ? null : " · "}
            <code>{JSON.stringify(value)}</code>
          </>
        ))}
      </>
    );
  if (schema.const !== undefined) return <code>{JSON.stringify(schema.const)}</code>;
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  if (type === "array")
    return (
      <>
        {t("列表：", "list of ")}
        <TypeWord t={t} schema={schema.items as SchemaOrRef | undefined} />
      </>
    );
  return (
    <>
      <code>{type}</code>
      {schema.pattern ? (
        <>
          {" "}
          <code>/{schema.pattern}/</code>
        </>
      ) : null}
    </>
  );
};

interface FieldRow {
  readonly name: string;
  readonly required: boolean;
  readonly schema: SchemaOrRef;
}

/** The fields of an object, those of objects inside it with a dotted name. */
function fieldsOf(schema: Schema, prefix = "", depth = 0): FieldRow[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const field = { name: `${prefix}${name}`, required: required.has(name), schema: property as SchemaOrRef };
    if (isRef(field.schema) || depth > 3) return [field];
    const inner = field.schema.type === "array" ? (field.schema.items as SchemaOrRef | undefined) : field.schema;
    if (!inner || isRef(inner) || !inner.properties) return [field];
    const mark = field.schema.type === "array" ? "[]." : ".";
    return [field, ...fieldsOf(inner, `${field.name}${mark}`, depth + 1)];
  });
}

const SchemaView = ({ t, schema, caption }: { t: T; schema: SchemaOrRef; caption: string }) => {
  const fields = isRef(schema) ? [] : fieldsOf(schema);
  if (fields.length === 0)
    return (
      <p>
        <TypeWord t={t} schema={schema} />
      </p>
    );
  return (
    <DataTable
      caption={caption}
      quietCaption
      rows={fields}
      columns={[
        { label: t("字段", "Field"), cell: (field) => <code>{field.name}</code>, head: true },
        { label: t("类型", "Type"), cell: (field) => <TypeWord t={t} schema={field.schema} /> },
        { label: t("必有", "Always"), cell: (field) => (field.required ? t("是", "yes") : t("否", "no")) },
        {
          label: t("说明", "Meaning"),
          cell: (field) => (isRef(field.schema) ? "" : say(field.schema.description, t)),
        },
      ]}
    />
  );
};

const OperationView = ({ t, operation, at }: { t: T; operation: Operation; at: number }) => (
  <section id={`op-${at}`}>
    <h2>{say(operation.summary, t)}</h2>
    <p>
      <code>
        {operation.method} {operation.path}
      </code>
    </p>
    {operation.description ? <p>{say(operation.description, t)}</p> : null}
    {operation.parameters.length > 0 ? (
      <DataTable
        caption={t("参数", "Parameters")}
        rows={operation.parameters}
        columns={[
          { label: t("名称", "Name"), cell: (parameter) => <code>{parameter.name}</code>, head: true },
          { label: t("位置", "In"), cell: (parameter) => parameter.in },
          { label: t("类型", "Type"), cell: (parameter) => <TypeWord t={t} schema={parameter.schema} /> },
          {
            label: t("说明", "Meaning"),
            cell: (parameter) =>
              say(
                parameter.description ??
                  (parameter.schema && !isRef(parameter.schema) ? parameter.schema.description : ""),
                t,
              ),
          },
        ]}
      />
    ) : null}
    {operation.body ? (
      <>
        <h3>{t("请求内容", "Request body")}</h3>
        <SchemaView t={t} schema={operation.body} caption={t("请求内容", "Request body")} />
        {operation.bodyExample === undefined ? null : (
          <pre>
            <code>{JSON.stringify(operation.bodyExample, null, 2)}</code>
          </pre>
        )}
      </>
    ) : null}
    <h3>{t("回答", "Answers")}</h3>
    {operation.responses.map((response) => (
      <Details
        open={response.status.startsWith("2")}
        summary={
          <>
            <code>{response.status}</code> {say(response.description, t)} <small>{response.mediaType}</small>
          </>
        }
      >
        {response.schema ? (
          <SchemaView t={t} schema={response.schema} caption={`${response.status} ${say(response.description, t)}`} />
        ) : (
          <p>{t("没有内容。", "No body.")}</p>
        )}
      </Details>
    ))}
  </section>
);

/** The whole reference; stands inside a page. */
export const Reference = ({ t, document }: { t: T; document: OpenApiDocument }) => {
  const operations = operationsOf(document);
  const schemas = Object.entries(document.components?.schemas ?? {});
  return (
    <>
      <nav aria-label={t("目录", "Contents")}>
        <ul>
          {operations.map((operation, at) => (
            <li>
              <a href={`#op-${at}`}>
                {say(operation.summary, t)}{" "}
                <code>
                  {operation.method} {operation.path}
                </code>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {operations.map((operation, at) => (
        <OperationView t={t} operation={operation} at={at} />
      ))}
      {schemas.length > 0 ? <h2>{t("共用的结构", "Shared structures")}</h2> : null}
      {schemas.map(([name, schema]) => (
        <section id={anchor(name)}>
          <Details summary={<code>{name}</code>}>
            {isRef(schema) || schema.description === undefined ? null : <p>{say(schema.description, t)}</p>}
            <SchemaView t={t} schema={schema} caption={name} />
          </Details>
        </section>
      ))}
    </>
  );
};
