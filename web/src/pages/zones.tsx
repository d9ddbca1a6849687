import type { PageProps } from ".";

export function Zones({ edition }: PageProps) {
  return (
    <section class="page">
      <h1>{edition.title}</h1>
    </section>
  );
}
