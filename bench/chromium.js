// The browser of the measures: Chromium, driven as the tests of the page drive it.

/** @throws {Error} that says what is not installed */
export async function openBrowser() {
  try {
    const { Browser } = await import('../tests/browser/browser.js');
    return await Browser.open();
  } catch (error) {
    throw new Error(`no Chromium, or no playwright-core in build/npm (scripts/test install ` +
      `proto installs both): ${error.message.split('\n')[0]}`);
  }
}
