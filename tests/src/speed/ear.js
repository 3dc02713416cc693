// Tells each verdict of a scan, and when: milliseconds after the Enter that ended the scan. `heard`: the page was told of the key;
// `asked` and `answered`: the worker was; `stood`: the verdict was in the document; `framed`: the frame with it began; last, it was drawn.
(() => {
  const by = (name) => document.querySelector(`[data-test="${name}"]`);
  const open = [];
  let [asked, answered, worker] = [0, 0, null];
  addEventListener('keydown', (event) => {
    if (event.key === 'Enter') open.push({ began: event.timeStamp, heard: performance.now() });
  }, true);
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (...message) {
    if (worker !== this) {
      worker = this;
      const own = worker.onmessage;
      worker.onmessage = (event) => {
        if (event.data.includes('"type":"scanned"')) answered = performance.now();
        own.call(worker, event);
      };
    }
    if (message[0].includes?.('"type":"scan"')) asked = performance.now();
    return post.apply(this, message);
  };
  const verdict = '[data-test="verdict"]';
  const within = (node) => node.nodeType === Node.ELEMENT_NODE
    && (node.matches(verdict) ? node : node.querySelector(verdict));
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    const shown = added.map(within).filter(Boolean).pop();
    if (!shown || open.length === 0) return;
    const stood = performance.now();
    const { began, heard } = open.shift();
    const reasons = [...shown.querySelectorAll('[data-reason]')].map((reason) => reason.dataset.reason);
    requestAnimationFrame(() => {
      const framed = performance.now();
      // A message is handled after the frame.
      const after = new MessageChannel();
      after.port1.onmessage = () => window.told(JSON.stringify({
        verdict: shown.dataset.verdict,
        reasons,
        steps: [heard, asked, answered, stood, framed, performance.now()].map((at) => at - began),
      }));
      after.port2.postMessage(0);
    });
  }).observe(document.body, { childList: true, subtree: true });
  const until = async (what) => {
    const end = performance.now() + 20000;
    while (performance.now() < end) {
      const found = what();
      if (found) return found;
      await new Promise((on) => setTimeout(on, 10));
    }
    throw new Error(`never came: ${what}; the page shows ${document.body.innerText}`);
  };
  const button = () => by('book') && !by('book').disabled && by('book');
  let rests = false;
  window.speed = {
    acknowledge: async () => {
      by('verdict-close').click();
      await until(() => !document.querySelector(`${verdict}[data-verdict="stop"]`));
    },
    book: async () => {
      const unsent = () => Number(by('status-line').dataset.unsent);
      const before = unsent();
      (await until(button)).click();
      await until(() => unsent() > before);
    },
    // Where scans wait in line two baskets may be booked as one: then a tap is left over, and must not fall on a later basket.
    bookSoon: async () => {
      rests = false;
      await until(() => rests || button());
      if (!rests) button().click();
    },
    rest: async () => {
      await until(() => !by('book'));
      rests = true;
    },
    shown: () => document.body.innerText,
  };
})();
