package import Documents
private import Foundation

extension BenchmarkProtocol {
    /// The names of the protocols that come along.
    package static let names = [
        "cycle", "windows_k", "turned_k", "shift_k", "one_gesture", "new_gestures",
        "cross_session", "five_way",
    ]

    /// The text of a protocol that comes along.
    private static func bytes(_ name: String) -> [UInt8]? {
        switch name {
        case "cycle": PackageResources.cycle_yaml
        case "windows_k": PackageResources.windows_k_yaml
        case "turned_k": PackageResources.turned_k_yaml
        case "shift_k": PackageResources.shift_k_yaml
        case "one_gesture": PackageResources.one_gesture_yaml
        case "new_gestures": PackageResources.new_gestures_yaml
        case "cross_session": PackageResources.cross_session_yaml
        case "five_way": PackageResources.five_way_yaml
        default: nil
        }
    }

    /// A protocol that comes along.
    ///
    /// - Parameter name: One of ``names``.
    /// - Returns: The protocol.
    /// - Throws: `DocumentError` for another name.
    static func named(_ name: String) throws(DocumentError) -> BenchmarkProtocol {
        try BenchmarkProtocol(Document(yaml: bytes(name) ?? [], name: "\(name).yaml").cursor)
    }

    /// The schema of protocols, `schemas/benchmark.schema.json`.
    ///
    /// - Parameter kinds: The kinds that packages outside have added.
    /// - Returns: The schema.
    package static func schemaDocument(with kinds: Kinds = Kinds()) -> SchemaDocument {
        SchemaDocument(
            name: "benchmark.schema.json", title: "MyoTask benchmark protocol",
            documentation:
                "Who is learned from, what of a new person is shown, and what is decided "
                + "about; written as YAML. `protocol` begins with one that comes along.",
            schema: .object(schema(with: kinds)))
    }

    /// Reads a protocol.
    ///
    /// - Parameters:
    ///   - name: The name of one that comes along, or a YAML file.
    ///   - overrides: Settings in place of its own, as `supports.0.windows=5`.
    ///   - kinds: The kinds that packages outside have added.
    /// - Returns: The protocol.
    /// - Throws: `DocumentError` with the place of the fault.
    package static func read(
        _ name: String, overrides: [String] = [], kinds: Kinds = Kinds()
    ) throws -> BenchmarkProtocol {
        var document: Document
        if let bytes = bytes(name) {
            document = try Document(yaml: bytes, name: "\(name).yaml")
            document.kinds = kinds
        } else if name.contains(".") || name.contains("/") {
            document = try Document(contentsOf: URL(filePath: name), kinds: kinds)
        } else {
            throw DocumentError(
                .invalid(
                    expected: names.joined(separator: ", ") + ", or a YAML file", found: name),
                document: "the protocol", position: nil,
                hint: Spelling.suggestion(for: name, among: names))
        }
        let changes = try overrides.enumerated().map {
            try DocumentOverride($0.element, source: "override \($0.offset + 1)")
        }
        return try BenchmarkProtocol(document.applying(changes).cursor)
    }
}
