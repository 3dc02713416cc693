//! Key pairs in IndexedDB, the one place where a browser keeps a key that it gives to nobody.
//!
//! The database is opened for each step: they are few, and one that was cleared meanwhile is seen at once.

use js_sys::{Array, Error, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::messages::scope;

const DATABASE: &str = "sparhund-keys";
const STORE: &str = "keys";
/// Nothing here takes a tenth of it; a browser that is ill must not keep the store closed.
const PATIENCE_MS: i32 = 5_000;

#[wasm_bindgen]
extern "C" {
    // web-sys keeps the options of a transaction behind an unstable flag; the standard is W3C Indexed Database API 3.0.
    #[wasm_bindgen(extends = IdbDatabase)]
    type Database;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction_with(
        this: &Database,
        store: &str,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// The pair under a name.
pub async fn get(name: &str) -> Result<Option<JsValue>, JsValue> {
    let pair = with("readonly", |store| store.get(&name.into())).await?;
    Ok((!pair.is_undefined()).then_some(pair))
}

/// Keeps a pair under a name that has none, on the disk before this ends.
pub async fn add(name: &str, pair: &JsValue) -> Result<(), JsValue> {
    with("readwrite", |store| store.add_with_key(pair, &name.into()))
        .await
        .map(drop)
}

/// Names of all pairs.
pub async fn names() -> Result<Vec<String>, JsValue> {
    let names: Array = with("readonly", IdbObjectStore::get_all_keys).await?.dyn_into()?;
    Ok(names.iter().filter_map(|name| name.as_string()).collect())
}

/// Forgets the pair under a name.
pub async fn delete(name: &str) -> Result<(), JsValue> {
    with("readwrite", |store| store.delete(&name.into()))
        .await
        .map(drop)
}

/// One request in a transaction of its own; what it answers once the transaction has ended well.
async fn with(
    mode: &str,
    ask: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, JsValue> {
    let database = open().await?;
    let answer = transact(&database, mode, ask).await;
    database.close();
    answer
}

async fn transact(
    database: &Database,
    mode: &str,
    ask: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, JsValue> {
    let options = Object::new();
    // The server hears of a key only when it survives the loss of power.
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let transaction = database.transaction_with(STORE, mode, &options)?;
    let ended = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let request = ask(&transaction.object_store(STORE)?)?;
    match within(ended).await {
        Ok(_) => request.result(),
        Err(late) => Err(transaction.error().map_or(late, JsValue::from)),
    }
}

async fn open() -> Result<Database, JsValue> {
    let factory = scope()
        .indexed_db()?
        .ok_or_else(|| JsValue::from(Error::new("no IndexedDB")))?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1)?;
    let making = request.clone();
    let make = Closure::<dyn FnMut() -> Result<(), JsValue>>::new(move || {
        let database: IdbDatabase = making.result()?.dyn_into()?;
        database.create_object_store(STORE).map(drop)
    });
    request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
    let opened = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onblocked(Some(&reject));
    });
    match within(opened).await {
        Ok(_) => Ok(request.result()?.unchecked_into()),
        Err(late) => Err(request.error().ok().flatten().map_or(late, JsValue::from)),
    }
}

/// What a promise answers in time.
pub async fn within(promise: Promise) -> Result<JsValue, JsValue> {
    let late = Promise::new(&mut |_, reject| {
        let reason = Error::new("no answer within 5 s");
        // Without a timer the promise is waited for as long as it takes.
        drop(scope().set_timeout_with_callback_and_timeout_and_arguments_1(&reject, PATIENCE_MS, &reason));
    });
    JsFuture::from(Promise::race(&Array::of2(&promise, &late))).await
}
