private import EMGSignal
private import PrintableText

/// Something in a manifest that is allowed but probably not meant.
public enum ManifestWarning: Sendable, Hashable, CustomStringConvertible {
    /// Ids that differ by the case of letters only: they would be one file on many disks.
    case idsDifferByCase(String, String)
    /// Tasks made from the same source file: a leak when they are in different splits.
    case sameSource(String, String, sha256: String)

    /// The warning in words.
    public var description: String {
        switch self {
        case .idsDifferByCase(let one, let other):
            "tasks \(one.printable(limit: 400)) and \(other.printable(limit: 400)) differ by "
                + "the case of letters only: they collide on many disks"
        case .sameSource(let one, let other, let sha256):
            "tasks \(one.printable(limit: 400)) and \(other.printable(limit: 400)) come from "
                + "the same file (SHA-256 \(sha256.prefix(12))…)"
        }
    }
}

extension CollectionManifest {
    /// What is allowed but probably not meant, in the order of the tasks.
    public var warnings: [ManifestWarning] {
        var warnings: [ManifestWarning] = []
        var idsByFoldedID: [String: String] = [:]
        var idsBySource: [String: String] = [:]
        for task in tasks {
            if let other = idsByFoldedID[task.id.lowercased()] {
                warnings.append(.idsDifferByCase(other, task.id))
            } else {
                idsByFoldedID[task.id.lowercased()] = task.id
            }
            if let other = idsBySource[task.source.sha256] {
                warnings.append(.sameSource(other, task.id, sha256: task.source.sha256))
            } else {
                idsBySource[task.source.sha256] = task.id
            }
        }
        return warnings
    }
}
