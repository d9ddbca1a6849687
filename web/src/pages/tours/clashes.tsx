import { clashName, clashSentence } from "../../tours/lines";
import { dateName } from "../../tours/time";
import type { Clash } from "../../tours/types";
import type { Board } from "./board";

/** What is broken, in the words of the server, with where. */
export function Clashes({ clashes, board, plain = false }: { clashes: Clash[]; board: Board; plain?: boolean }) {
  if (clashes.length === 0) return null;
  return (
    <ul class="clashes">
      {clashes.map((clash, at) => (
        <li key={at}>
          {!plain && clash.day && <strong>{dateName(clash.day)}: </strong>}
          {!plain && clash.host && <strong>{board.places.name(clash.host)}: </strong>}
          <ClashText clash={clash} board={board} />
        </li>
      ))}
    </ul>
  );
}

/** A clash by its name in the reader's language, and the sentence of the server where that says more. */
export function ClashText({ clash, board }: { clash: Clash; board: Board }) {
  const name = clashName(clash);
  const sentence = clashSentence(clash, board.places.name);
  return (
    <>
      {name && <span>{name}. </span>}
      {sentence && <span lang="en">{sentence}</span>}
    </>
  );
}
