import type { PageProps } from ".";

export function Front({ edition }: PageProps) {
  return (
    <section class="page">
      <h1>{edition.title}</h1>
    </section>
  );
}
