private import Digests
package import Documents
package import Foundation

/// An edit file as it was read: its journal, and what tells it from every other one.
package struct EditFile: Sendable, Hashable {
    /// The decisions.
    package let journal: EditJournal
    /// The file's name without folders.
    package let name: String
    /// The SHA-256 of its bytes as 64 lower-case hexadecimal digits.
    package let sha256: String
    /// The path, for messages.
    package let document: String
    /// Where each decision stands; empty for a journal without a text.
    private let positions: [DocumentPosition?]

    /// Reads an edit file.
    ///
    /// - Parameter url: The file.
    /// - Throws: `DocumentError` with line, column and path of the fault.
    package init(contentsOf url: URL) throws(DocumentError) {
        let path = url.path(percentEncoded: false)
        let bytes: Data
        do {
            bytes = try Data(contentsOf: url)
        } catch {
            let exists = FileManager.default.fileExists(atPath: path)
            throw DocumentError(
                .unreadable(
                    reason: exists ? "no permission or an input error" : "there is no such file"),
                document: path, position: nil,
                hint: "\"myotask review\" writes such a file")
        }
        try self.init(bytes, name: url.lastPathComponent, document: path)
    }

    /// Reads an edit file's bytes.
    package init(_ bytes: Data, name: String, document: String) throws(DocumentError) {
        guard bytes.count <= Document.byteLimit else {
            throw DocumentError(
                .unreadable(reason: "it has \(bytes.count) bytes, more than \(Document.byteLimit)"),
                document: document, position: nil)
        }
        let cursor = try Document(json: bytes, name: document).cursor
        journal = try EditJournal(cursor)
        positions = try cursor.object().required("decisions").array().compactMap(\.value.position)
        self.name = name
        self.document = document
        var hash = SHA256()
        hash.update(bytes.bytes)
        sha256 = hash.finish()
    }

    /// A journal that is not (yet) in a file.
    package init(_ journal: EditJournal, name: String) {
        self.journal = journal
        self.name = name
        document = name
        positions = []
        sha256 = ""
    }

    /// An error at a decision.
    func error(
        at decision: Int, expected: String, found: String, hint: String = ""
    ) -> DocumentError {
        DocumentError(
            .invalid(expected: expected, found: found), document: document,
            position: decision <= positions.count ? positions[decision - 1] : nil,
            path: "$.decisions[\(decision - 1)]", hint: hint)
    }
}
