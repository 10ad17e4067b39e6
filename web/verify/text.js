// Text that people read, without code points that hide or reorder others (docs/protocol.md,
// section 2). The sets are those of the page: the platform's Unicode tables are not asked.

const FORBIDDEN =
  '0-1F 7F-9F AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 2028-202E 2060-206F 2800 3164 ' +
  'E000-F8FF FDD0-FDEF FEFF FFA0 FFF0-FFFD 1BCA0-1BCA3 1D173-1D17A E0000-E00FF E01F0-10FFFF';
const SPACES = '20 A0 1680 2000-200A 202F 205F 3000';
const MARKS =
  '300-36F 483-489 591-5BD 610-61A 64B-65F E31 E34-E3A E47-E4E 1AB0-1AFF 1DC0-1DFF 20D0-20FF ' +
  'FE00-FE0F FE20-FE2F E0100-E01EF';
const MAX_MARKS = 8;

function set(ranges) {
  const pairs = ranges.split(' ').map((range) => range.split('-').map((end) => parseInt(end, 16)));
  return (point) => pairs.some(([first, last = first]) => point >= first && point <= last);
}
const isForbidden = set(FORBIDDEN);
const isSpace = set(SPACES);
const isMark = set(MARKS);

/** Whether a string is a text of 1 to `most` code points. */
export function isText(value, most) {
  const points = Array.from(value, (character) => character.codePointAt(0));
  if (points.length < 1 || points.length > most) return false;
  if (isSpace(points[0]) || isSpace(points[points.length - 1])) return false;
  let marks = 0;
  for (const point of points) {
    // Half a surrogate pair is no code point of UTF-8.
    if (point >= 0xd800 && point <= 0xdfff) return false;
    if ((point & 0xfffe) === 0xfffe || isForbidden(point)) return false;
    marks = isMark(point) ? marks + 1 : 0;
    if (marks > MAX_MARKS) return false;
  }
  return true;
}
