public import Documents
public import Foundation

/// Which edit file a collection is built with, and which verdicts let a recording in.
public struct EditSelection: Described, Hashable {
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

    /// Creates a selection whose file is still to be set.
    public init() {
        self.init(file: URL(filePath: "."))
    }

    /// The members of the object.
    public static let fields: Fields<Self> = [
        Field("file", \.file, path, "The edit file, relative to this one.", isRequired: true),
        Field(
            "take", \.take, .choice,
            "Which recordings become tasks: the `approved` ones, or all that are `not_rejected`."),
    ]

    /// How a selection stands in documents: a path, or an object of `file` and `take`.
    static let format = FieldFormat<Self>(
        schema: { .either([.text, .object(schema(with: $0))]) },
        read: { cursor throws(DocumentError) in
            if case .string = cursor.value.content { return Self(file: try path.read(cursor)) }
            return try Self(cursor)
        },
        write: { $0.take == .approved ? path.write($0.file) : $0.document })

    /// A path, which is taken from the document's folder.
    private static let path = FieldFormat<String>.text.mapped(
        { path, cursor throws(DocumentError) in
            let folder = URL(filePath: cursor.document).deletingLastPathComponent()
            return URL(filePath: path, relativeTo: folder)
        }, back: { (url: URL) in url.relativePath })
}
