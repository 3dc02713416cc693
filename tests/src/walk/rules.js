// What a screen for one gloved hand keeps to, beside the rules of axe-core. Gives back what it does not keep, in words.
const wrong = [];
const say = (element, what) => {
  const words = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
  const name = element.dataset?.test ? `[${element.dataset.test}]` : `${element.localName}.${element.className}`;
  wrong.push(`${name} "${words}": ${what}`);
};
const [width, height] = [innerWidth, innerHeight];

// Colours.
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const rgba = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const light = (colour) => {
  const [r, g, b] = rgba(colour).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [more, less] = [light(one), light(other)].sort((a, b) => b - a);
  return (more + 0.05) / (less + 0.05);
};
const ground = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (rgba(colour)[3] > 250) return colour;
  }
  return 'white';
};

// What is drawn: not hidden, and not under what lies on top of all.
const top = document.querySelector('.wipe-lock') ?? document.querySelector('.halt') ?? document.querySelector('.camera');
const drawn = (element) => {
  if (top && !top.contains(element)) return false;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return box.width > 1 && box.height > 1 && style.visibility === 'visible' && Number(style.opacity) > 0;
};
const all = (selector) => [...document.querySelectorAll(selector)].filter(drawn);
const hears = (element) => !element.disabled;

// Nothing is wider than the screen.
if (document.scrollingElement.scrollWidth > width) wrong.push(`the page is ${document.scrollingElement.scrollWidth} wide`);
for (const element of all('body *')) {
  const box = element.getBoundingClientRect();
  if (!element.closest('svg, video, .aim') && (box.right > width + 0.5 || box.left < -0.5)) {
    say(element, `goes from ${Math.round(box.left)} to ${Math.round(box.right)} of ${width}`);
  }
}
for (const element of all('main, .work, .form, .cards, .tiles, .stop-text, .camera')) {
  if (element.scrollWidth > element.clientWidth) say(element, 'scrolls sideways');
}
// No word is cut off.
for (const element of all('button, .button, h1, h2, .prompt, .notice-words, summary')) {
  if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth) say(element, 'is cut at its side');
}
for (const element of all('button, .button, h1')) {
  if (element.scrollHeight > element.clientHeight + 2 && element.clientHeight) say(element, 'is cut at its foot');
}

// Words of verdicts are read at arm's length; edges of what can be tapped are seen.
const texts = (root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && drawn(element)) found.push(element);
  }
  return found;
};
for (const verdict of all('.verdict, .halt, .judged')) {
  for (const element of texts(verdict)) {
    const found = contrast(getComputedStyle(element).color, ground(element));
    if (found < 7) say(element, `a verdict with a contrast of ${found.toFixed(2)}`);
  }
}
for (const element of all('button, input, select, .button').filter(hears)) {
  const style = getComputedStyle(element);
  if (parseFloat(style.borderTopWidth) === 0 || element.closest('.bar')) continue;
  const around = ground(element.parentElement);
  const found = Math.max(contrast(style.borderTopColor, around), contrast(ground(element), around));
  if (found < 3) say(element, `an edge with a contrast of ${found.toFixed(2)}`);
}

// What is tapped at work fits a glove, and not two at once.
const atWork = !document.querySelector('.settings') || top;
const targets = all('button, select, input, .button, summary').filter((element) => hears(element) && !element.closest('.settings'));
if (atWork) {
  for (const element of targets) {
    const box = element.getBoundingClientRect();
    const [wide, high] = [Math.round(box.width * 10) / 10, Math.round(box.height * 10) / 10];
    const both = element.matches('summary') ? high : Math.min(wide, high);
    if (both < 64) say(element, `${wide} × ${high}`);
  }
  targets.forEach((one, index) => {
    const a = one.getBoundingClientRect();
    for (const other of targets.slice(index + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const b = other.getBoundingClientRect();
      const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
      const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
      // What scrolls under something else is not beside it.
      const scrolls = (element) => element.closest('.thumb, .bar, .work, .cards, .form, .tiles, .stop-text, .people');
      if (scrolls(one) !== scrolls(other)) continue;
      if (Math.max(across, down) < 7.5) say(one, `${Math.round(Math.max(across, down))} px from ${other.dataset.test ?? other.textContent.trim()}`);
    }
  });
}

// The large button lies under the thumb, whole, and nothing lies under it.
for (const button of all('.thumb button.primary, .halt > button.primary')) {
  const box = button.getBoundingClientRect();
  if (box.bottom > height + 0.5) say(button, `ends at ${Math.round(box.bottom)} of ${height}`);
  if ((box.top + box.bottom) / 2 < (height * 2) / 3) say(button, 'lies above the lowest third');
}
for (const thumb of all('main > .thumb')) {
  const before = thumb.previousElementSibling;
  if (before && before.getBoundingClientRect().bottom > thumb.getBoundingClientRect().top + 0.5) say(before, 'reaches under the buttons');
}
const page = document.querySelector('.page');
if (page && page.getBoundingClientRect().height > height + 0.5) wrong.push('the page is higher than the window');

return [...new Set(wrong)];
