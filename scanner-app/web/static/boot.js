// Draws the page first; the service worker is registered after that, so that it does not delay the first picture.
import init, { boot } from "./page.js";

await init();
boot();

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("./sw.js", { type: "classic", updateViaCache: "none" })
    .catch((error) => console.error("the page will not start without a network:", error));
}
