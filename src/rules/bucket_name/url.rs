//! The name of a bucket inside its URL, in each provider's forms.

/// The ends of host names behind which the bucket's name stands in the path.
const PATH_HOSTS: [&str; 6] = [
    "storage.googleapis.com",
    "storage.cloud.google.com",
    ".blob.core.windows.net",
    ".dfs.core.windows.net",
    ".r2.cloudflarestorage.com",
    "s3.amazonaws.com",
];

/// The words before a bucket's name in the address of a provider's console.
const CONSOLE: [&str; 3] = ["buckets", "bucket", "browser"];

/// The bucket that a URL, an ARN or a path names, and whether a path follows. Nothing of the query and of what stands
/// before an `@` is part of it: they may be secrets.
pub(super) fn bucket_in(text: &str) -> Option<(&str, bool)> {
    if let Some((_, resource)) = text.split_once(":::").filter(|(arn, _)| arn.starts_with("arn:")) {
        return first_of(resource);
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return if text.contains('/') { first_of(text.trim_start_matches('/')) } else { None };
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    match scheme.to_ascii_lowercase().as_str() {
        "abfs" | "abfss" | "wasb" | "wasbs" => {
            let (container, _) = authority.split_once('@')?;
            Some((container, !path.is_empty()))
        }
        "http" | "https" => {
            let host = authority.rsplit('@').next()?.split(':').next()?;
            in_host(host).map(|bucket| (bucket, !path.is_empty())).or_else(|| in_path(host, path))
        }
        _ => Some((authority.rsplit('@').next()?, !path.is_empty())),
    }
}

/// The bucket before the provider's part of a host's name.
fn in_host(host: &str) -> Option<&str> {
    if let Some(bucket) = host.strip_suffix(".storage.googleapis.com") {
        return Some(bucket);
    }
    let is_aws = host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn");
    let end = [".s3.", ".s3-"].into_iter().filter_map(|part| host.find(part)).min();
    host.get(..end.filter(|_| is_aws)?)
}

/// The bucket at the beginning of a path, or behind the console's word for it.
fn in_path<'u>(host: &str, path: &'u str) -> Option<(&'u str, bool)> {
    if host.starts_with("console.") || host.contains(".console.") {
        let mut parts = path.split('/');
        parts.find(|part| CONSOLE.contains(part))?;
        return parts.next().map(|bucket| (bucket.split(';').next().unwrap_or(bucket), false));
    }
    let is_s3 = (host.starts_with("s3.") || host.starts_with("s3-")) && host.contains(".amazonaws.com");
    (is_s3 || PATH_HOSTS.iter().any(|end| host.ends_with(end))).then(|| first_of(path)).flatten()
}

fn first_of(path: &str) -> Option<(&str, bool)> {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let first = first.split(['?', '#']).next()?;
    (!first.is_empty() && !first.contains('@')).then_some((first, !rest.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::bucket_in;

    #[test]
    fn every_form_of_a_url_gives_the_name() {
        for (text, bucket) in [
            ("s3://data", "data"),
            ("s3://data/train/", "data"),
            ("S3://data", "data"),
            ("s3a://key:secret@data/x", "data"),
            ("https://data.s3.us-east-1.amazonaws.com/x?X-Amz-Signature=abc", "data"),
            ("https://my.data.s3.amazonaws.com", "my.data"),
            ("https://data.s3-us-west-2.amazonaws.com/x", "data"),
            ("https://s3.amazonaws.com/data/x", "data"),
            ("https://s3.eu-west-1.amazonaws.com/data", "data"),
            ("https://data.s3.cn-north-1.amazonaws.com.cn/x", "data"),
            ("arn:aws:s3:::data", "data"),
            ("arn:aws-cn:s3:::data/x", "data"),
            ("gs://data/x", "data"),
            ("https://storage.googleapis.com/data/x", "data"),
            ("https://storage.cloud.google.com/data", "data"),
            ("https://data.storage.googleapis.com/x", "data"),
            ("https://account.blob.core.windows.net/data/x?sv=1&sig=secret", "data"),
            ("https://account.dfs.core.windows.net/data", "data"),
            ("abfss://data@account.dfs.core.windows.net/x", "data"),
            ("wasbs://data@account.blob.core.windows.net", "data"),
            ("r2://data", "data"),
            ("https://0123456789abcdef.r2.cloudflarestorage.com/data/x", "data"),
            ("https://user:secret@s3.amazonaws.com/data", "data"),
            ("https://s3.console.aws.amazon.com/s3/buckets/data?region=us-east-1", "data"),
            ("https://console.cloud.google.com/storage/browser/data;tab=objects", "data"),
            ("data/train", "data"),
        ] {
            assert_eq!(bucket_in(text).map(|(bucket, _)| bucket), Some(bucket), "{text}");
        }
    }

    #[test]
    fn other_texts_name_no_bucket() {
        for text in ["data", "My_Data", "https://example.com/data", "arn:aws:iam::1:role/x", ""] {
            assert!(bucket_in(text).is_none_or(|(bucket, _)| bucket.contains(':')), "{text}");
        }
    }
}
