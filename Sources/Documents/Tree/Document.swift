public import Foundation

/// A JSON or YAML text, parsed, with its name for messages.
public struct Document: Sendable, Hashable {
    /// The name for messages, usually the file's path.
    package let name: String
    /// The value at the top.
    package let root: DocumentValue
    /// What packages outside have added to the kinds that the document may name.
    package var kinds = Kinds()

    /// Creates a document from a value.
    ///
    /// - Parameters:
    ///   - name: The name for messages.
    ///   - root: The value at the top.
    ///   - kinds: What packages outside have added to the kinds that the document may name.
    package init(name: String, root: DocumentValue, kinds: Kinds = Kinds()) {
        self.name = name
        self.root = root
        self.kinds = kinds
    }

    /// The largest file that is read as a document, in bytes.
    package static let byteLimit = 256 << 20
    /// The largest file that is read as a document of which one list stays text, in bytes.
    package static let byteLimitBesideText = 16 << 30

    /// Parses JSON (RFC 8259), strictly.
    ///
    /// - Parameters:
    ///   - json: UTF-8 text; a byte order mark is skipped.
    ///   - name: The name for messages.
    /// - Throws: ``DocumentError`` with line and column.
    public init(json: some Sequence<UInt8>, name: String) throws(DocumentError) {
        try self.init(json: json, name: name, keepingAsText: nil)
    }

    /// Parses JSON of which one list may be long: its elements stay text until they are asked for.
    ///
    /// - Parameters:
    ///   - json: UTF-8 text; a byte order mark is skipped.
    ///   - name: The name for messages.
    ///   - list: The member at the top; `nil` for none.
    /// - Throws: ``DocumentError`` with line and column.
    package init(
        json: some Sequence<UInt8>, name: String, keepingAsText list: String?
    ) throws(DocumentError) {
        var parser = JSONParser(bytes: Array(json), document: name, keepingAsText: list)
        self.init(name: name, root: try parser.parse())
    }

    /// Parses YAML 1.2 with the core schema: `yes` and `no` are texts, `true` and `false` are not.
    ///
    /// - Parameters:
    ///   - yaml: UTF-8 text.
    ///   - name: The name for messages.
    /// - Throws: ``DocumentError`` with line and column.
    public init(yaml: some Sequence<UInt8>, name: String) throws(DocumentError) {
        self.init(name: name, root: try YAMLParser.parse(Array(yaml), document: name))
    }

    /// Reads a file: JSON when its name ends in `.json`, YAML otherwise.
    ///
    /// - Parameters:
    ///   - url: The file, at most ``byteLimit`` bytes.
    ///   - kinds: What packages outside have added to the kinds that the document may name.
    /// - Throws: ``DocumentError`` when it cannot be read or parsed.
    public init(contentsOf url: URL, kinds: Kinds = Kinds()) throws(DocumentError) {
        try self.init(Self.bytes(of: url), named: url)
        self.kinds = kinds
    }

    /// Reads a file of JSON of which one list may be long: its elements stay text until they are
    /// asked for.
    ///
    /// - Parameters:
    ///   - url: The file, at most ``byteLimitBesideText`` bytes; YAML when its name does not end in
    ///     `.json`, which is read as a whole.
    ///   - list: The member at the top.
    ///   - kinds: What packages outside have added to the kinds that the document may name.
    /// - Throws: ``DocumentError`` when it cannot be read or parsed.
    package init(
        contentsOf url: URL, keepingAsText list: String, kinds: Kinds = Kinds()
    ) throws(DocumentError) {
        guard url.pathExtension.lowercased() == "json" else {
            try self.init(contentsOf: url, kinds: kinds)
            return
        }
        try self.init(
            json: Self.bytes(of: url, limit: Self.byteLimitBesideText),
            name: url.path(percentEncoded: false), keepingAsText: list)
        self.kinds = kinds
    }

    /// Parses the bytes of a file: JSON when its name ends in `.json`, YAML otherwise.
    ///
    /// - Parameters:
    ///   - data: The bytes.
    ///   - url: The file.
    /// - Throws: ``DocumentError`` when they cannot be parsed.
    package init(_ data: Data, named url: URL) throws(DocumentError) {
        let name = url.path(percentEncoded: false)
        if url.pathExtension.lowercased() == "json" {
            try self.init(json: data, name: name)
        } else {
            try self.init(yaml: data, name: name)
        }
    }

    /// Where reading starts: the top of the document.
    public var cursor: DocumentCursor {
        DocumentCursor(value: root, document: name, path: "$", kinds: kinds)
    }

    /// Reads a file that may be a document.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - limit: How many bytes it has at most.
    /// - Returns: The bytes.
    /// - Throws: ``DocumentError`` when it cannot be read or is no text.
    package static func bytes(
        of url: URL, limit: Int = byteLimit
    ) throws(DocumentError) -> Data {
        let name = url.path(percentEncoded: false)
        do {
            let values = try url.resourceValues(forKeys: [.isDirectoryKey, .fileSizeKey])
            if values.isDirectory == true {
                throw DocumentError(
                    .unreadable(reason: "it is a folder"), document: name, position: nil,
                    hint: "name the file itself")
            }
            if let size = values.fileSize, size > limit {
                throw DocumentError(
                    .unreadable(reason: "it has \(size) bytes, more than \(limit)"),
                    document: name, position: nil,
                    hint: neighbor(of: url) ?? "settings and manifests are far smaller")
            }
            let data = try Data(contentsOf: url)
            // No JSON or YAML has a zero byte in it; files of HDF5, NumPy and the like begin so.
            guard !data.prefix(1 << 12).contains(0) else {
                throw DocumentError.notText(document: name, hint: neighbor(of: url))
            }
            return data
        } catch let error as DocumentError {
            throw error
        } catch {
            let exists = FileManager.default.fileExists(atPath: name)
            throw DocumentError(
                .unreadable(
                    reason: exists ? "no permission or an input error" : "there is no such file"),
                document: name, position: nil,
                hint: (exists ? nil : neighbor(of: url)) ?? "check the path")
        }
    }

    /// The JSON file of the same name, which was probably meant: `study.json` for `study.h5`.
    private static func neighbor(of url: URL) -> String? {
        let json = url.deletingPathExtension().appendingPathExtension("json")
        let path = json.path(percentEncoded: false)
        guard json != url, FileManager.default.fileExists(atPath: path) else { return nil }
        return "did you mean \(json.relativePath)?"
    }
}
