// Where every test of the page plays: the demo's register, a browser, and before the register a
// server that can lie about it.

import { after, before } from 'node:test';
import { Browser } from './browser.js';
import { openDemo } from './demo.js';
import { HostileServer } from './hostile_server.js';

export class Scene {
  /** The scene of all tests of a suite: there before the first of them, gone after the last. */
  static ofSuite() {
    const scene = new Scene();
    before(() => scene.open());
    after(() => scene.close());
    return scene;
  }

  /** Fills `demo` as openDemo gives it, `browser`, and `server`, which tells the truth at first. */
  async open() {
    this.demo = await openDemo();
    this.browser = await Browser.open();
    this.server = await HostileServer.open(this.demo);
  }

  /** Whose papers are all in order: a number. */
  get yes() {
    return this.numberOf('everything is in order');
  }

  /** Who is suspended: a number. */
  get suspended() {
    return this.numberOf('suspended');
  }

  /** The number of whom the demo's end says this. */
  numberOf(why) {
    return this.demo.cases[why].number;
  }

  /** A reader whom the register itself answers; `how` as Browser.reader takes it. */
  reader(how = {}) {
    return this.browser.reader({ base: this.demo.base, ...how });
  }

  /** A reader whom the server answers that can lie; `how` as Browser.reader takes it. */
  deceived(how = {}) {
    return this.browser.reader({ base: this.server.base, ...how });
  }

  /** Closes what was opened, be it all of it or not. */
  async close() {
    await this.browser?.close();
    await this.server?.close();
    await this.demo?.stop();
  }
}
