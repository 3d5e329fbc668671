private import Digests
internal import Documents
internal import Files
internal import Foundation

/// The inputs of a step in order, with their sizes: what shards divide among them.
///
/// Processes that see the same files have the same list, wherever the files lie: a shard on a
/// machine with a copy of them works on the same list as the others.
package struct WorkList: Sendable, Hashable {
    /// An input.
    package struct Item: Sendable, Hashable {
        /// The file, as the user named it, or the recording's id.
        package let input: String
        /// Its size; 0 for one that cannot be taken.
        package let bytes: Int

        /// Creates an item.
        package init(input: String, bytes: Int) {
            self.input = input
            self.bytes = bytes
        }
    }

    /// The inputs.
    package let items: [Item]
    /// The SHA-256 of the names below the folders that the user named, and of the sizes.
    package let sha256: String

    private static let format = "myotask.shard-list"
    private static let fileName = "list.json"

    /// Makes a list.
    ///
    /// - Parameters:
    ///   - items: The inputs in order.
    ///   - roots: The files and folders that the user named; none when inputs are ids.
    package init(_ items: [Item], roots: [String] = []) {
        self.items = items
        let places = Dictionary(zip(roots, 1...)) { first, _ in first }
        var hash = SHA256()
        for item in items {
            let line = "\(Self.name(of: item.input, below: places))\0\(item.bytes)\n"
            unsafe hash.update(Array(line.utf8).span.bytes)
        }
        sha256 = hash.finish()
    }

    private init(_ items: [Item], sha256: String) {
        self.items = items
        self.sha256 = sha256
    }

    /// What a file is called wherever its root lies: the number of the root, and the path below.
    private static func name(of input: String, below roots: [String: Int]) -> String {
        var root = input[...]
        while true {
            if let number = roots[String(root)] {
                return "\(number):\(input.dropFirst(root.count))"
            }
            guard let slash = root.lastIndex(of: "/") else { return input }
            root = root[..<slash]
        }
    }

    // MARK: - Files

    /// Writes the list into the folder of its records, unless it is there.
    ///
    /// - Throws: `FilesError` when it cannot be written.
    func write(to folder: URL) throws(FilesError) {
        let url = folder.appending(path: Self.fileName, directoryHint: .notDirectory)
        // The folder's name says which list it is.
        guard !FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            return
        }
        let document = DocumentValue.object([
            "format": .string(Self.format), "format_version": .integer(1),
            "sha256": .string(sha256),
            "items": .array(
                items.map {
                    .object(["input": .string($0.input), "bytes": .integer($0.bytes)])
                }),
        ])
        try AtomicFile.write(document.json(.indented(onOneLine: ["items.*"])), to: url)
    }

    /// Reads the list of a folder of records.
    ///
    /// - Throws: `DocumentError` when it cannot be read.
    static func read(in folder: URL) throws(DocumentError) -> WorkList {
        let document = try Document(
            contentsOf: folder.appending(path: fileName, directoryHint: .notDirectory))
        let object = try document.cursor.object(allowing: [
            "format", "format_version", "sha256", "items",
        ])
        let format = try object.required("format")
        guard try format.string() == Self.format else {
            throw format.error(expected: "\"\(Self.format)\"")
        }
        _ = try object.required("format_version").integer(in: 1...1)
        var items: [Item] = []
        for cursor in try object.required("items").array() {
            let item = try cursor.object(allowing: ["input", "bytes"])
            items.append(
                Item(
                    input: try item.required("input").string(),
                    bytes: try item.required("bytes").integer(in: 0 ... .max)))
        }
        return WorkList(items, sha256: try object.required("sha256").string())
    }
}
