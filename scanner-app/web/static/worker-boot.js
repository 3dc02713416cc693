// The store's worker. What it says and hears is listed in the worker crate.
import init, { boot } from "./worker.js";

try {
  await init();
  await boot();
} catch (error) {
  postMessage(JSON.stringify({ event: { type: "failed", message: `the worker cannot be loaded (${error}): load the page again` } }));
}
