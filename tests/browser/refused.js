// What COULD NOT CHECK looks like: red, and without anything that could pass for an answer.

import assert from 'node:assert/strict';

// Of a color as Chromium computes it: rgb(r, g, b).
function isRed(color) {
  const [red, green, blue] = color.match(/\d+/g).map(Number);
  return red > 1.8 * green && red > 1.8 * blue;
}

/**
 * Waits for COULD NOT CHECK and sees that no answer stands beside it.
 * @returns {Promise<string>} why
 */
export async function refused(reader) {
  await reader.page.waitForSelector('.answer.FAILED');
  const found = await reader.page.evaluate(() => {
    const box = document.querySelector('.answer');
    const { color } = getComputedStyle(document.querySelector('#outcome'));
    const { borderTopColor, borderTopStyle } = getComputedStyle(box);
    return {
      outcome: document.querySelector('#outcome').textContent,
      because: document.querySelector('.because').textContent,
      colors: [color, borderTopColor],
      borderTopStyle,
      text: document.querySelector('#result').innerText,
      status: document.querySelector('#status').textContent,
      answers: document.querySelectorAll('.answer').length,
      claims: document.querySelectorAll(
        '#result :is(img, .person, .legs, .leg, .notes, .keep, .help, .steps)').length,
    };
  });
  assert.equal(found.outcome, 'COULD NOT CHECK');
  assert.ok(found.colors.every(isRed), `not red: ${found.colors}`);
  assert.equal(found.borderTopStyle, 'dashed');
  assert.equal(found.answers, 1);
  assert.equal(found.claims, 0, 'something of an answer is left');
  assert.doesNotMatch(found.text, /\b(YES|NO|CANNOT SAY)\b/);
  assert.doesNotMatch(found.text, /Zoë|Łukasz|William|Ada Example/);
  assert.match(found.status, /^Answer: COULD NOT CHECK/);
  return found.because;
}
