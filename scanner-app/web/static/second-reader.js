// zxing-cpp beside our own readers, from its wasm build (npm zxing-wasm), which is served with the page.
import { binarizers, characterSets, defaultReaderOptions, eanAddOnSymbols, encodeFormats, prepareZXingModule, textModes }
  from "./zxing/reader/index.js";

const FORMATS = {
  matrix: ["DataMatrix", "QRCode"],
  linear: ["Code128", "Code39", "ITF", "EAN13", "EAN8", "UPCA", "UPCE", "DataBar"],
};

// As the module's own functions encode them; those are asynchronous, and the readers take turns within a frame.
function options(formats) {
  return {
    ...defaultReaderOptions,
    formats: encodeFormats(formats),
    binarizer: binarizers.indexOf("LocalAverage"),
    characterSet: characterSets.indexOf("Unknown"),
    eanAddOnSymbol: eanAddOnSymbols.indexOf("Ignore"),
    textMode: textModes.indexOf("Plain"),
  };
}

// A function of one byte a pixel, width, height and family that answers a list of readings.
export async function load() {
  const place = (file) => new URL(`./zxing/reader/${file}`, import.meta.url).href;
  const zxing = await prepareZXingModule({ overrides: { locateFile: place }, fireImmediately: true });
  // Light on dark and large modules are other views of the picture, which the scanner shows it when time is left.
  const matrix = { ...options(FORMATS.matrix), tryInvert: false, tryDownscale: false };
  const by = { matrix, linear: options(FORMATS.linear) };
  return (pixels, width, height, family) => {
    const at = zxing._malloc(pixels.length);
    if (!at) throw new Error("zxing has no memory for the picture");
    try {
      zxing.HEAPU8.set(pixels, at);
      const found = zxing.readBarcodesFromPixmap(at, width, height, by[family]);
      const readings = [];
      for (let i = 0; i < found.size(); i += 1) {
        const { isValid, symbologyIdentifier, text, format, lineCount, position: p } = found.get(i);
        if (!isValid) continue;
        const corners = [p.topLeft, p.topRight, p.bottomRight, p.bottomLeft].map(({ x, y }) => ({ x, y }));
        readings.push({ identifier: symbologyIdentifier, text, upc_e: format === "UPCE", rows: Math.max(lineCount, 0), corners });
      }
      found.delete?.();
      return JSON.stringify(readings);
    } finally {
      zxing._free(at);
    }
  };
}
