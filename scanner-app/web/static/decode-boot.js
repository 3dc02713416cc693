// The camera decoder's worker, started when the camera opens.
import init, { boot } from "./decode.js";

// A build without it, or an old browser, reads without.
const second = import("./second-reader.js")
  .then(({ load }) => load())
  .catch((error) => console.warn("no second reader:", error));

try {
  await init();
  boot(await second);
} catch (error) {
  postMessage(JSON.stringify({ event: { type: "failed", message: `the decoder cannot be loaded (${error}): load the page again` } }));
}
