internal import Documents
public import Foundation

/// Which edit file a collection is built with, and which verdicts let a recording in.
public struct EditSelection: Sendable, Hashable {
    /// Which recordings become tasks.
    public enum Take: String, Sendable, Hashable, CaseIterable {
        /// Only the approved ones.
        case approved
        /// All but the rejected ones.
        case unrejected = "not_rejected"
    }

    /// The edit file.
    public var file: URL
    /// Which recordings become tasks.
    public var take: Take

    /// Creates a selection.
    ///
    /// - Parameters:
    ///   - file: The edit file.
    ///   - take: Which recordings become tasks.
    public init(file: URL, take: Take = .approved) {
        self.file = file
        self.take = take
    }

    /// Reads the member `edits` of a configuration: a path, or an object of `file` and `take`.
    ///
    /// A path is taken from the configuration's folder.
    ///
    /// - Parameter cursor: The member.
    /// - Throws: `DocumentError` with the place of the fault.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        let folder = URL(filePath: cursor.document).deletingLastPathComponent()
        if case .string(let path) = cursor.value.content {
            self.init(file: URL(filePath: path, relativeTo: folder))
            return
        }
        let object = try cursor.object(allowing: ["file", "take"])
        self.init(
            file: URL(filePath: try object.required("file").string(), relativeTo: folder),
            take: try object.optional("take")?.choice() ?? .approved)
    }
}
