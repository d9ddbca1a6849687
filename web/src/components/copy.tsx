import { useState } from "preact/hooks";
import { t } from "../i18n";

/** Text to take along, with a button that copies it. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div>
      <pre tabIndex={0} role="group" aria-label={label}>
        {text}
      </pre>
      <button type="button" onClick={copy} aria-label={`${t("data.copy")}: ${label}`}>
        {t("data.copy")}
      </button>{" "}
      <span role="status">{copied !== null && t(copied ? "figure.copied" : "figure.notCopied")}</span>
    </div>
  );
}
