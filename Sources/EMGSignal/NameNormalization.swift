internal import Foundation

extension String {
    /// The text in Unicode's normalization form C (composed), as identities, channels, classes and
    /// target tracks carry it.
    ///
    /// One name may come in two forms: macOS writes `\u{FC}` in file names as `u` and a combining
    /// diaeresis, keyboards as one character. Swift calls them equal, but their bytes differ, and
    /// so would folders, datasets and what other programs compare. `RecordingIdentity` normalizes
    /// its parts itself, `UnitTable` units; what a source says of channels, classes and targets is
    /// normalized where a recording is taken in. Paths of files on the disk stay as they are.
    package var normalizedName: String {
        // ASCII is the same in every form.
        utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
    }
}
