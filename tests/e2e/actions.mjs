// What a person does over and over in the lab, done fast: for the tests of what it leaves behind, and
// for scripts/interaction.mjs, which times it.

/** By name: what is done the n-th time. It comes round so that the page is after 300 times what it was after 100. Runs in
 * the page. */
const ACTIONS = {
  step: (n) => press(n % 40 < 20 ? "ArrowRight" : "ArrowLeft"),
  zoom: (n) => press("1232"[n % 4]),
  perspective: (n) => press("sece"[n % 4]),
  selection: (n) => nth(".tree .field", n % 20).click(),
  "new seed": () => press("r"),
  "panel tab": (n) => nth(".side [role=tab]", n % 10).click(),
};

export const NAMES = Object.keys(ACTIONS);

/** Lets `held` ask the program: before the page is opened. */
export const watchMemory = (page) =>
  page.addInitScript(() => {
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const load = WebAssembly[name];
      WebAssembly[name] = async (...args) => {
        const loaded = await load.apply(WebAssembly, args);
        const { exports } = loaded.instance ?? loaded;
        if (exports.held_bytes) globalThis.program = exports;
        return loaded;
      };
    }
  });

/** What the program holds in memory, in bytes: see src/ui/heap.rs. */
export const held = (page) => page.evaluate(() => globalThis.program.held_bytes());

/** Does the action from the `from`-th to before the `to`-th time, each drawn before the next. Gives the
 * milliseconds of script that each took. */
export const repeat = (page, name, from, to) =>
  page.evaluate(`(async () => {
    const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const nth = (selector, n) => {
      const found = document.querySelectorAll(selector);
      return found[n % found.length];
    };
    const act = ${ACTIONS[name]};
    const times = [];
    for (let n = ${from}; n < ${to}; n += 1) {
      const start = performance.now();
      act(n);
      // The page follows in microtasks, which are over by then.
      await new Promise((done) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
      });
      times.push(performance.now() - start);
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    }
    return times;
  })()`);
