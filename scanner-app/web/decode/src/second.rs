//! zxing-cpp's wasm build as a reader: a function that `second-reader.js` hands over.

use js_sys::{Function, Reflect, Uint8Array};
use sparhund_decoder::{Decode, Family, Format, Luma, Reader, SecondReading, Sighting};
use wasm_bindgen::prelude::*;

/// Calls the function; whoever cannot be called sees nothing.
pub struct ZxingWasm(pub Function);

impl Decode for ZxingWasm {
    fn reader(&self) -> Reader {
        Reader::ZxingCpp
    }

    fn knows(&self, _: Format) -> bool {
        true
    }

    fn sightings(&self, view: &Luma, family: Family) -> Vec<Sighting> {
        let readings = self.read(view, family).unwrap_or_else(|error| {
            web_sys::console::warn_2(&"the second reader failed:".into(), &error);
            Vec::new()
        });
        readings.into_iter().filter_map(SecondReading::sighting).collect()
    }
}

impl ZxingWasm {
    fn read(&self, view: &Luma, family: Family) -> Result<Vec<SecondReading>, JsValue> {
        let family = match family {
            Family::Matrix => "matrix",
            Family::Linear => "linear",
        };
        let arguments = js_sys::Array::of4(
            &Uint8Array::from(view.pixels()),
            &view.width().into(),
            &view.height().into(),
            &family.into(),
        );
        let answer = Reflect::apply(&self.0, &JsValue::UNDEFINED, &arguments)?;
        serde_json::from_str(&answer.as_string().unwrap_or_default())
            .map_err(|error| JsValue::from_str(&error.to_string()))
    }
}
