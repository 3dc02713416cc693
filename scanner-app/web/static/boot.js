// Draws the page first; the service worker is registered after that, so that it does not delay the first picture.
import init, { boot } from "./page.js";

try {
  await init();
  boot();
} catch (error) {
  const note = document.createElement("p");
  note.dataset.test = "fatal";
  note.className = "fatal";
  note.setAttribute("role", "alert");
  note.textContent = `Sidan kan inte starta. Ladda om den, i en aktuell webbläsare. / The page cannot start. Load it again, in a current browser. (${error})`;
  document.body.prepend(note);
  console.error(error);
}

if ("serviceWorker" in navigator) {
  try {
    const registration = await navigator.serviceWorker.register("./sw.js", { type: "classic", updateViaCache: "none" });
    // A build that was fetched earlier is taken up now, at the start, never in the middle of a pick.
    if (registration.waiting && registration.active) {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      registration.waiting.postMessage("activate");
    }
  } catch (error) {
    console.error("the page will not start without a network:", error);
  }
}
