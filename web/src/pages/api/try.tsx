import { useRef, useState } from "preact/hooks";
import { apiUrl } from "../../api";
import { Copyable } from "../../components/copy";
import { t } from "../../i18n";
import { addressOf, type Operation, startOf } from "./openapi";

/** Characters of an answer that are shown. */
const MOST = 20_000;

interface Answer {
  status: string;
  ok: boolean;
  milliseconds: number;
  headers: string;
  body: string;
  /** Characters of the whole body. */
  length: number;
}

/** Fields for an operation, and what the server answers. */
export function Try({ operation, there }: { operation: Operation; there: Record<string, string> }) {
  const starts = Object.fromEntries(operation.parameters.map((parameter) => [parameter.name, startOf(parameter, operation.path, there)]));
  const [values, setValues] = useState<Record<string, string>>(starts);
  const [body, setBody] = useState(operation.body === "{}" ? (there.body ?? "{}") : (operation.body ?? ""));
  const [answer, setAnswer] = useState<Answer | "waiting" | null>(null);
  const asked = useRef(0);
  const url = apiUrl(addressOf(operation, values));
  const set = (name: string, value: string) => setValues({ ...values, [name]: value });
  const send = async () => {
    const turn = ++asked.current;
    setAnswer("waiting");
    const answered = await ask(url, operation, body);
    if (turn === asked.current) setAnswer(answered);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void send();
  };
  return (
    <form onSubmit={submit} class="try">
      {operation.description && <p lang="en">{operation.description}</p>}
      {operation.parameters.map(({ name, description, required, schema, in: place }) => {
        const id = `${operation.id}-${name}`;
        return (
          <div key={name} class="parameter">
            <label for={id}>
              <code>{name}</code> <span class="soft">{t(required || place === "path" ? "api.required" : "api.optional")}</span>
            </label>
            {schema?.enum ? (
              <select id={id} value={values[name] ?? ""} aria-describedby={`${id}-about`} onChange={(event) => set(name, event.currentTarget.value)}>
                {!required && place !== "path" && <option value="">–</option>}
                {schema.enum.map((value) => (
                  <option key={value}>{value}</option>
                ))}
              </select>
            ) : (
              <input
                id={id}
                value={values[name] ?? ""}
                required={required || place === "path"}
                autocomplete="off"
                spellcheck={false}
                aria-describedby={`${id}-about`}
                onInput={(event) => set(name, event.currentTarget.value)}
              />
            )}
            <span id={`${id}-about`} class="soft" {...(description ? { lang: "en" } : {})}>
              {description ?? (name === "filters" ? t("api.filters") : "")}
            </span>
          </div>
        );
      })}
      {operation.body !== null && (
        <div class="parameter">
          <label for={`${operation.id}-body`}>{t("api.body")}</label>
          <textarea id={`${operation.id}-body`} rows={6} value={body} spellcheck={false} onInput={(event) => setBody(event.currentTarget.value)} />
        </div>
      )}
      <Copyable text={curlOf(url, operation, body)} label="curl" />
      <p>
        <button type="submit" class="send">
          {t("api.send")}
        </button>
      </p>
      <p role="status">{answer === "waiting" ? t("api.waiting") : answer ? t("api.answered", { status: answer.status, ms: answer.milliseconds }) : ""}</p>
      {answer !== null && answer !== "waiting" && <Answered answer={answer} />}
    </form>
  );
}

function Answered({ answer }: { answer: Answer }) {
  return (
    <>
      <details class="fold">
        <summary>{t("api.headers")}</summary>
        <pre tabIndex={0}>{answer.headers}</pre>
      </details>
      <pre tabIndex={0} role="group" aria-label={t("api.answer")} class="answer">
        {answer.body}
      </pre>
      {answer.length > answer.body.length && <p>{t("api.truncated", { shown: answer.body.length, n: answer.length })}</p>}
    </>
  );
}

async function ask(url: string, { method }: Operation, body: string): Promise<Answer> {
  const from = performance.now();
  const options = method === "POST" ? { method, headers: { "Content-Type": "application/json" }, body } : {};
  try {
    const response = await fetch(url, options);
    const bytes = await response.arrayBuffer();
    const text = textOf(bytes, response.headers.get("content-type") ?? "");
    return {
      status: `${response.status} ${response.statusText}`.trim(),
      ok: response.ok,
      milliseconds: Math.round(performance.now() - from),
      headers: [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n"),
      body: text.slice(0, MOST),
      length: text.length,
    };
  } catch (error) {
    const body = error instanceof Error ? error.message : String(error);
    return { status: t("api.noAnswer"), ok: false, milliseconds: Math.round(performance.now() - from), headers: "", body, length: body.length };
  }
}

/** JSON with its lines and indents; other text as it is; of bytes how many. */
function textOf(bytes: ArrayBuffer, type: string): string {
  if (!/json|text|xml/.test(type)) return t("api.bytes", { n: bytes.byteLength });
  const text = new TextDecoder().decode(bytes);
  if (!type.includes("json")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The same for a shell: within single quotes only a single quote means something. */
function curlOf(url: string, { method }: Operation, body: string): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  if (method === "GET") return `curl ${quoted(url)}`;
  return `curl -X POST -H 'Content-Type: application/json' -d ${quoted(body.replace(/\s*\n\s*/g, " "))} ${quoted(url)}`;
}
