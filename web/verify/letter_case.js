// Names compared without regard to capital letters (docs/verdict.md, `name_differs`). No tables of
// Unicode, which change, decide what a verdict says.

const EVEN = [[0x100, 0x12e], [0x132, 0x136], [0x14a, 0x176]];
const ODD = [[0x139, 0x147], [0x179, 0x17d]];

function small(code) {
  const within = ([first, last]) => code >= first && code <= last;
  if (within([0x41, 0x5a]) || (within([0xc0, 0xde]) && code !== 0xd7)) return code + 32;
  if ((code % 2 === 0 ? EVEN : ODD).some(within)) return code + 1;
  return code === 0x178 ? 0xff : code;
}

/** @returns {string} `text` with each capital letter of Latin read as its small one. */
export const smallLetters = (text) =>
  [...text].map((letter) => String.fromCodePoint(small(letter.codePointAt(0)))).join('');
