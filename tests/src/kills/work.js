// Receives goods one by one with the page's own fields and buttons, and tells each serial once the page shows it as booked.
async (first, gtin, place) => {
  const by = (name) => document.querySelector(`[data-test="${name}"]`);
  const text = (name) => by(name)?.textContent.trim();
  const unsent = () => Number(by('status-line').dataset.unsent);
  const until = async (what) => {
    for (;;) {
      const found = what();
      if (found) return found;
      await new Promise((on) => setTimeout(on, 2));
    }
  };
  const type = async (code) => {
    (await until(() => by('typed-open'))).click();
    const input = await until(() => by('typed-input'));
    input.value = code;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    by('typed-submit').click();
  };
  for (let number = first; ; number += 1) {
    const serial = `K${number}`;
    await type(`(01)${gtin}(17)301231(10)IMP5(21)${serial}`);
    await until(() => text('item-serial') === serial);
    if (!by('place-name')) {
      await type(place);
      await until(() => by('place-name'));
    }
    const before = unsent();
    (await until(() => by('book') && !by('book').disabled && by('book'))).click();
    await until(() => unsent() > before && by('done') && !by('book'));
    window.told(serial);
  }
}
