import type { PageProps } from ".";

export function Api({ edition }: PageProps) {
  return (
    <section class="page">
      <h1>{edition.title}</h1>
    </section>
  );
}
