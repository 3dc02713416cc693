// The camera decoder's worker, started when the camera opens.
import init, { boot, take_second_reader } from "./decode.js";

try {
  await init();
  boot();
} catch (error) {
  postMessage(JSON.stringify({ event: { type: "failed", message: `the decoder cannot be loaded (${error}): load the page again` } }));
  throw error;
}
// Frames are read meanwhile. A build without it, or an old browser, reads on without.
try {
  const { load } = await import("./second-reader.js");
  take_second_reader(await load());
} catch (error) {
  console.warn("no second reader:", error);
}
