/** Milliseconds that a pointer may take on its way from the word to the note. */
const GRACE = 250;

/** A note that opens beside a word: while it is pointed at or focused, or held open by a click. */
export class Beside {
  word: HTMLElement | null = null;
  note: HTMLElement | null = null;
  private leaving = 0;
  /** Opened by a click it stays, wherever the pointer goes. */
  private isHeld = false;
  /** Ends what listens while the note is open. */
  private opened: AbortController | null = null;

  readonly open = (): void => {
    clearTimeout(this.leaving);
    const { word, note } = this;
    if (this.opened || !word || !note) return;
    note.showPopover();
    place(note, word);
    word.setAttribute("aria-expanded", "true");
    this.opened = new AbortController();
    const { signal } = this.opened;
    addEventListener("scroll", this.close, { capture: true, passive: true, signal });
    addEventListener("keydown", (event) => event.key === "Escape" && this.close(), { signal });
    addEventListener("pointerdown", ({ target }) => this.isOutside(target) && this.close(), { signal });
  };

  readonly close = (): void => {
    clearTimeout(this.leaving);
    this.opened?.abort();
    this.opened = null;
    this.isHeld = false;
    if (this.note?.matches(":popover-open")) this.note.hidePopover();
    this.word?.setAttribute("aria-expanded", "false");
  };

  readonly leave = (): void => {
    clearTimeout(this.leaving);
    if (!this.isHeld) this.leaving = window.setTimeout(this.close, GRACE);
  };

  /** Focus went there, or nowhere. */
  readonly blur = ({ relatedTarget }: FocusEvent): void => (this.isOutside(relatedTarget) ? this.close() : this.leave());

  readonly toggle = (): void => {
    if (this.isHeld) return this.close();
    this.open();
    this.isHeld = true;
  };

  private isOutside(target: EventTarget | null): boolean {
    return target instanceof Node && !this.word?.contains(target) && !this.note?.contains(target);
  }
}

/** Below the word, or above it where there is no room; always within the window. */
function place(note: HTMLElement, word: HTMLElement): void {
  const at = word.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8));
  const below = at.bottom + height + 8 <= innerHeight || at.top < height;
  note.style.left = `${left}px`;
  note.style.top = `${below ? at.bottom : at.top - height}px`;
}
