/** The file of tiles of a static site: pieces of it where the host gives pieces, else all of it. */
import type { RangeResponse, Source } from "pmtiles";

/** Reads ranges of a file. A host that answers with the whole file is asked once, and the file kept. */
export class Archive implements Source {
  private whole: Promise<ArrayBuffer> | null = null;

  constructor(private readonly address: string) {}

  getKey(): string {
    return this.address;
  }

  async getBytes(offset: number, length: number, signal?: AbortSignal): Promise<RangeResponse> {
    const all = await this.whole;
    if (all) return { data: all.slice(offset, offset + length) };
    const answer = await fetch(this.address, { headers: { range: `bytes=${offset}-${offset + length - 1}` }, ...(signal && { signal }) });
    if (!answer.ok) throw new Error(`${this.address}: ${answer.status}`);
    if (answer.status === 206) return { data: await answer.arrayBuffer() };
    this.whole ??= answer.arrayBuffer();
    return { data: (await this.whole).slice(offset, offset + length) };
  }
}
