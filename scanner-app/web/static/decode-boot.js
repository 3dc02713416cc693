// The camera decoder's worker, started when the camera opens.
import init, { boot } from "./decode.js";

try {
  await init();
  boot();
} catch (error) {
  postMessage(JSON.stringify({ event: { type: "failed", message: `the decoder cannot be loaded (${error}): load the page again` } }));
}
