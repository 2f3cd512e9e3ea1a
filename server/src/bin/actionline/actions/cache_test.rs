use actionline::{Cache, Failure, Json, Reply, Saved, State, Store, action};
use std::time::Duration;

/// What became of the value.
#[derive(Debug, Reply)]
pub struct CacheTest<'a> {
    cache_test_results: Results<'a>,
}

#[derive(Debug, Reply)]
struct Results<'a> {
    key: &'a str,
    value: Json<'a>,
    save_resp: &'static str,
    load_resp: Json<'static>,
    delete_resp: bool,
}

/// A value that is not deleted (a client cut in between) goes by itself.
const TTL: Duration = Duration::from_secs(10);

#[action]
pub async fn cache_test<'a>(
    key: &'a str,
    value: Json<'a>,
    cache: State<'_, Cache>,
) -> Result<CacheTest<'a>, Failure> {
    let saved = cache.save(key, value.get().as_bytes(), Some(TTL)).await?;
    let loaded = cache.load(key).await?;
    let deleted = cache.destroy(key).await?;
    Ok(CacheTest {
        cache_test_results: Results {
            key,
            value,
            save_resp: match saved {
                Saved::New => "new record",
                Saved::Replaced => "updated record",
            },
            load_resp: match loaded {
                Some(value) => Json::stored(value)?,
                None => Json::NULL,
            },
            delete_resp: deleted,
        },
    })
}
