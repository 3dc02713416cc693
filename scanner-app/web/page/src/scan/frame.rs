//! Pictures for the decoder: from the live camera or from a file.

use js_sys::{ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

/// A longer side costs time and finds nothing more.
const LONGEST_SIDE: f64 = 1600.0;
/// The part of the camera's picture that is read, in the middle of it: the frame on the screen shows it.
const REGION: f64 = 0.7;

/// Pixels.
pub struct Frame {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Whether it is a picture by itself, with no other coming after it.
    pub still: bool,
    /// Four bytes a pixel.
    pub rgba: ArrayBuffer,
}

/// Part of a picture, in its own pixels.
struct Part {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Frame {
    /// The middle of what the camera sees; `None` until it sees something.
    pub fn of_video(video: &HtmlVideoElement) -> Result<Option<Self>, JsValue> {
        let (width, height) = (f64::from(video.video_width()), f64::from(video.video_height()));
        if width < 1.0 || height < 1.0 {
            return Ok(None);
        }
        // A square in the middle: matrix symbols and a linear one across fit into it either way.
        let side = width.min(height) * REGION;
        let wide = (width * REGION).min(side * 1.6);
        let part = Part {
            left: (width - wide) / 2.0,
            top: (height - side) / 2.0,
            width: wide,
            height: side,
        };
        draw(&part, |context, p, w, h| {
            context.draw_image_with_html_video_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                video, p.left, p.top, p.width, p.height, 0.0, 0.0, w, h,
            )
        })
        .map(Some)
    }

    /// A picture file.
    pub async fn of_file(file: &File) -> Result<Self, JsValue> {
        let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"))?;
        let bitmap: ImageBitmap = JsFuture::from(window.create_image_bitmap_with_blob(file)?)
            .await?
            .dyn_into()?;
        let part = Part {
            left: 0.0,
            top: 0.0,
            width: f64::from(bitmap.width()),
            height: f64::from(bitmap.height()),
        };
        let frame = draw(&part, |context, p, w, h| {
            context.draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                &bitmap, p.left, p.top, p.width, p.height, 0.0, 0.0, w, h,
            )
        });
        bitmap.close();
        frame.map(|frame| Self { still: true, ..frame })
    }
}

fn draw(
    part: &Part,
    paint: impl FnOnce(&CanvasRenderingContext2d, &Part, f64, f64) -> Result<(), JsValue>,
) -> Result<Frame, JsValue> {
    let scale = (LONGEST_SIDE / part.width.max(part.height)).min(1.0);
    let (wide, high) = (
        (part.width * scale).floor().max(1.0),
        (part.height * scale).floor().max(1.0),
    );
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or_else(|| JsValue::from_str("no document"))?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and the longest side"
    )]
    let (width, height) = (wide as u32, high as u32);
    canvas.set_width(width);
    canvas.set_height(height);
    let options = Object::new();
    Reflect::set(&options, &"willReadFrequently".into(), &true.into())?;
    let context: CanvasRenderingContext2d = canvas
        .get_context_with_context_options("2d", &options)?
        .ok_or_else(|| JsValue::from_str("no canvas"))?
        .dyn_into()?;
    paint(&context, part, wide, high)?;
    let pixels = context.get_image_data(0.0, 0.0, wide, high)?.data();
    Ok(Frame {
        width,
        height,
        still: false,
        rgba: Uint8Array::from(pixels.0.as_slice()).buffer(),
    })
}

/// Opens the camera at the back.
pub async fn open_camera() -> Result<MediaStream, JsValue> {
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"))?;
    let wishes = Object::new();
    for (name, wish) in [
        ("facingMode", JsValue::from_str("environment")),
        ("width", JsValue::from_f64(1920.0)),
        ("height", JsValue::from_f64(1080.0)),
    ] {
        let ideal = Object::new();
        Reflect::set(&ideal, &"ideal".into(), &wish)?;
        Reflect::set(&wishes, &name.into(), &ideal)?;
    }
    // Only who asks is told whether the camera can zoom.
    Reflect::set(&wishes, &"zoom".into(), &true.into())?;
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&wishes);
    let stream = window
        .navigator()
        .media_devices()?
        .get_user_media_with_constraints(&constraints)?;
    JsFuture::from(stream).await?.dyn_into()
}

/// Switches the camera off.
pub fn close_camera(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}
