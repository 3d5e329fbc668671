internal import ErrorReports
internal import PrintableText

/// Why a review cannot begin.
package struct ReviewError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    package enum Kind: Sendable, Hashable {
        /// The folder has no recording.
        case emptyArchive(String)
        /// A configuration with a design: the page makes one collection.
        case design(String)
    }

    /// The kind of the fault, with what was expected and found.
    package let kind: Kind

    /// Creates an error of a kind.
    package init(_ kind: Kind) {
        self.kind = kind
    }

    /// What to do.
    package var hint: String {
        switch kind {
        case .emptyArchive: "\"myotask convert\" makes an archive"
        case .design:
            "review without it, and give the edit file to \"myotask build --edits\""
        }
    }

    /// The fault and, on the next line, what to do.
    package var description: String {
        let what =
            switch kind {
            case .emptyArchive(let folder): "\(folder.printable(limit: 1_000)) holds no recording"
            case .design(let file):
                "\(file.printable(limit: 1_000)) has a design of several collections"
            }
        return "\(what)\n  hint: \(hint)"
    }
}
