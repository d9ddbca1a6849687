import type { PageProps } from ".";

export function Compare({ edition }: PageProps) {
  return (
    <section class="page">
      <h1>{edition.title}</h1>
    </section>
  );
}
