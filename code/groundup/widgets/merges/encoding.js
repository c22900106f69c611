// Byte-level byte-pair encoding, as groundup.transformers.tokenization does it.

const SPACES = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const WORDS = new RegExp(
  "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+" +
    `| ?[^${SPACES}\\p{L}\\p{N}]+|[${SPACES}]+(?![^${SPACES}])|[${SPACES}]+`,
  "gu",
);

// A byte is written as one printable character, as in the vocabulary's files.
function byteCharacters() {
  const stays = (b) => (b > 32 && b < 127) || (b > 160 && b !== 173);
  let moved = 256;
  return Array.from({ length: 256 }, (_, b) => String.fromCharCode(stays(b) ? b : moved++));
}

function encoding(merges, letters) {
  const characters = byteCharacters();
  const bytes = new Map(characters.map((c, b) => [c, b]));
  const ranks = new Map(merges.map((pair, rank) => [pair, rank]));
  const ids = new Map(Object.entries(letters));
  merges.forEach((pair, rank) => ids.set(pair.replace(" ", ""), 256 + rank));

  const split = (text) =>
    (text.match(WORDS) ?? []).map((word) =>
      Array.from(new TextEncoder().encode(word), (b) => ({ token: characters[b] })),
    );
  function join(word, pair) {
    const joined = [];
    for (let k = 0; k < word.length; k += 1) {
      if (k + 1 < word.length && `${word[k].token} ${word[k + 1].token}` === pair) {
        joined.push({ token: word[k].token + word[k + 1].token, fresh: true });
        k += 1;
      } else joined.push({ token: word[k].token });
    }
    return joined;
  }
  // All states of a text: its bytes, then one for each rank that applies.
  function trace(text) {
    let words = split(text);
    const states = [{ words }];
    for (;;) {
      let [best, least] = [null, Infinity];
      for (const word of words) {
        for (let k = 0; k + 1 < word.length; k += 1) {
          const pair = `${word[k].token} ${word[k + 1].token}`;
          const rank = ranks.get(pair) ?? Infinity;
          if (rank < least) [best, least] = [pair, rank];
        }
      }
      if (best === null) return states;
      words = words.map((word) => join(word, best));
      states.push({ words, pair: best.split(" "), rank: least });
    }
  }
  // A token as text where it is one, else its bytes.
  function written(token) {
    const data = Uint8Array.from(token, (c) => bytes.get(c));
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
      return text.replace(/[ \n\t]/g, (c) => ({ " ": "·", "\n": "↵", "\t": "→" })[c]);
    } catch {
      return Array.from(data, (b) => b.toString(16).padStart(2, "0")).join(" ");
    }
  }
  return { trace, written, id: (token) => ids.get(token) };
}
