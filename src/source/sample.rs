//! The embedded sample library: five real policies, byte for byte.

use super::Found;
use crate::model::Origin;

macro_rules! samples {
    ($($name:literal),+ $(,)?) => {
        const SAMPLES: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../assets/policies/", $name)))),+];
    };
}

samples![
    "detectmobilebrowsers.com.md",
    "mp3mixx.com.md",
    "mp3rocket.me.md",
    "rocketv.org.md",
    "soundspectrum.com.md",
];

/// The documents of the sample library.
pub fn found() -> Vec<Found> {
    SAMPLES
        .iter()
        .map(|(name, _)| Found::single(Origin::Sample((*name).to_owned())))
        .collect()
}

/// The bytes of a sample; nothing for an unknown name.
pub(super) fn bytes(name: &str) -> &'static [u8] {
    SAMPLES
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(&[], |(_, bytes)| bytes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/policies");
        let files = std::fs::read_dir(folder)
            .unwrap()
            .map(|f| f.unwrap().file_name());
        let mut names: Vec<_> = files.map(|n| n.to_string_lossy().into_owned()).collect();
        names.sort();
        let known: Vec<_> = super::SAMPLES
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        assert_eq!(names, known);
    }
}
