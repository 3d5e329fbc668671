private import Digests

/// One run of a sweep.
package struct SweepPoint: Sendable, Hashable {
    /// What it is known by: the beginning of the SHA-256 of its resolved settings and of the
    /// collection, the same wherever and whenever the sweep runs.
    package let id: String
    /// The name of its folder: the id and a short text.
    package let folder: String
    /// The values of what varies, in the order of ``SweepTable/keys``.
    package let values: [String]

    /// Creates a point.
    ///
    /// - Parameters:
    ///   - identity: All that its numbers depend on, as text.
    ///   - keys: What varies.
    ///   - values: Its values, one a key.
    package init(identity: String, keys: [String], values: [String]) {
        precondition(keys.count == values.count, "a point has a value for each key")
        id = String(SHA256.digest(of: Array(identity.utf8)).prefix(10))
        let text = zip(keys, values).map { key, value in
            // What stands before the last dot is the same for most of a sweep.
            let name = key.split(separator: ".").last.map(String.init) ?? key
            return Self.fileText(name) + "=" + Self.fileText(value)
        }.joined(separator: "_")
        folder = text.isEmpty ? id : "\(id)-\(text.prefix(80))"
        self.values = values
    }

    /// Takes a point from a list.
    init(id: String, folder: String, values: [String]) {
        self.id = id
        self.folder = folder
        self.values = values
    }

    /// A text of characters that every file system and shell takes.
    private static func fileText(_ text: String) -> String {
        String(
            text.map { character in
                let isPlain =
                    character.isASCII
                    && (character.isLetter || character.isNumber || "._+-".contains(character))
                return isPlain ? character : "_"
            })
    }
}
