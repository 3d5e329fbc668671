package import Foundation

extension IngestError {
    /// The error without anything that stood in the file, when the file is a link: what it leads
    /// to may be something that whoever reads the messages must not see.
    ///
    /// - Parameter url: The file as it was found.
    /// - Returns: The same place and kind of fault.
    package func concealingContent(of url: URL) -> IngestError {
        guard Self.isLink(url) else { return self }
        let hidden = "something else (the file is a link: its content is not shown)"
        let concealed: Kind =
            switch kind {
            case .wrongFormat(let expected, _): .wrongFormat(expected: expected, found: hidden)
            case .missingColumn(let name, _): .missingColumn(name: name, found: [])
            case .duplicateColumn: .duplicateColumn(name: "one of the names")
            case .invalidCell(let expected, _): .invalidCell(expected: expected, found: hidden)
            case .missingValue: .missingValue(found: hidden)
            case .malformed(let expected, _): .malformed(expected: expected, found: hidden)
            case .inconsistent(let expected, _): .inconsistent(expected: expected, found: hidden)
            case .noSamples: .noSamples(found: hidden)
            case .unsupported: .unsupported(feature: hidden)
            default: kind
            }
        return IngestError(concealed, at: location.withoutField)
    }

    private static func isLink(_ url: URL) -> Bool {
        let values = try? FileManager.default.attributesOfItem(
            atPath: url.path(percentEncoded: false))
        return values?[.type] as? FileAttributeType == .typeSymbolicLink
    }
}
