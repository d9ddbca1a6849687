//! Where files are: this machine, stores that speak S3, servers that speak HTTP.

mod visible;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::common::DataFusionError;
use datafusion::execution::object_store::ObjectStoreRegistry;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::http::HttpBuilder;
use object_store::local::LocalFileSystem;
use object_store::{ClientOptions, ObjectStore};
use url::Url;

use visible::Visible;

/// Stores by the beginning of their address, made when first asked for. Credentials and addresses of S3 come from the usual
/// variables of the environment (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL`, ...), never from a study. Client, scheduler and executors
/// of a cluster use the same, so that each finds its stores in its own environment.
#[derive(Debug)]
pub struct Stores {
    settings: Vec<(String, String)>,
    open: Mutex<BTreeMap<String, Arc<dyn ObjectStore>>>,
}

impl Stores {
    /// No store yet; those that speak S3 will have these settings.
    pub(crate) fn new(settings: Vec<(String, String)>) -> Self {
        Self { settings, open: Mutex::default() }
    }

    fn open(&self, url: &Url) -> Result<Arc<dyn ObjectStore>, DataFusionError> {
        Ok(match url.scheme() {
            "file" => Arc::new(LocalFileSystem::new()),
            "s3" => {
                let mut builder = AmazonS3Builder::new().with_bucket_name(url.host_str().unwrap_or_default());
                for (name, value) in &self.settings {
                    if let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
                        builder = builder.with_config(key, value);
                    }
                }
                Arc::new(builder.build()?)
            }
            "http" | "https" => {
                let options = ClientOptions::new().with_allow_http(url.scheme() == "http");
                Arc::new(HttpBuilder::new().with_url(key(url)).with_client_options(options).build()?)
            }
            other => {
                let why = format!("addresses `{other}://` are not known; known are s3, http and https");
                return Err(DataFusionError::Plan(why));
            }
        })
    }
}

impl ObjectStoreRegistry for Stores {
    fn register_store(&self, url: &Url, store: Arc<dyn ObjectStore>) -> Option<Arc<dyn ObjectStore>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).insert(key(url), store)
    }

    fn get_store(&self, url: &Url) -> Result<Arc<dyn ObjectStore>, DataFusionError> {
        let mut stores = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = stores.get(&key(url)) {
            return Ok(Arc::clone(store));
        }
        let store: Arc<dyn ObjectStore> = Arc::new(Visible(self.open(url)?));
        stores.insert(key(url), Arc::clone(&store));
        Ok(store)
    }
}

/// Scheme and host: what tells one store from another.
fn key(url: &Url) -> String {
    url[..url::Position::BeforePath].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_are_told_apart_by_scheme_and_host() {
        let key = |text: &str| key(&Url::parse(text).unwrap());
        assert_eq!(key("s3://bucket/a/b.parquet"), "s3://bucket");
        assert_ne!(key("http://a:1/x"), key("http://a:2/x"));
        assert_eq!(key("file:///a/b"), "file://");
    }

    #[test]
    fn an_unknown_scheme_says_which_are_known() {
        let error = Stores::new(vec![]).get_store(&Url::parse("ftp://a/b").unwrap()).unwrap_err();
        assert!(error.to_string().contains("s3, http and https"), "{error}");
    }
}
