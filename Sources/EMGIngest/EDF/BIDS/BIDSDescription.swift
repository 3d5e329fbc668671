internal import Documents
internal import EMGFormats
internal import EMGSignal
internal import Foundation
import PrintableText

/// What the `_emg.json` files of a recording say; the nearest counts more.
struct BIDSDescription: Sendable, Hashable {
    /// The sampling rate in hertz, and where it stands.
    private(set) var rate: (hertz: Double, location: SourceLocation)?
    /// What is kept for the recording's history.
    private(set) var details: [String: ProcessingStep.Value] = [:]

    private static let largest = 8 << 20

    /// Reads the descriptions.
    ///
    /// - Parameter urls: The files, nearest first.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    init(_ urls: [URL]) throws(IngestError) {
        for url in urls.reversed() {
            let source = try PositionedFile(url)
            guard source.byteCount <= Self.largest else {
                throw IngestError(
                    .unsupported(feature: "a description of \(source.byteCount, of: "byte")"),
                    at: SourceLocation(file: url.relativePath))
            }
            let bytes = try source.bytes(at: 0, count: source.byteCount)
            do throws(DocumentError) {
                try take(Document(json: bytes, name: url.relativePath))
            } catch {
                throw IngestError(
                    .malformed(
                        expected: "a description in JSON", found: error.fault),
                    at: SourceLocation(
                        file: url.relativePath, line: error.position?.line,
                        column: error.position?.column,
                        object: error.path.isEmpty ? nil : error.path),
                    hint: error.hint)
            }
        }
    }

    private mutating func take(_ document: Document) throws(DocumentError) {
        let object = try document.cursor.object()
        if let member = object.optional(BIDS.Member.samplingFrequency.rawValue),
            !Self.isUnknown(member)
        {
            let position = member.value.position
            rate = (
                try member.number(in: 1e-6...1e9),
                SourceLocation(
                    file: document.name, line: position?.line, column: position?.column,
                    object: member.path)
            )
        }
        for key in BIDS.Member.allCases {
            guard let name = key.parameter, let member = object.optional(key.rawValue),
                !Self.isUnknown(member)
            else { continue }
            details[name] = Self.value(member.value)
        }
    }

    private static func isUnknown(_ member: DocumentCursor) -> Bool {
        if case .string(let text) = member.value.content {
            return text.lowercased() == BIDS.unknown
        }
        return false
    }

    /// A value as a parameter of a step; objects become texts.
    private static func value(_ value: DocumentValue) -> ProcessingStep.Value? {
        switch value.content {
        case .null: nil
        case .boolean(let flag): .flag(flag)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .string(let text): .text(String(text.prefix(500)))
        case .array(let values): .list(values.prefix(100).compactMap(Self.value))
        case .object(let members):
            .list(
                members.prefix(100).compactMap { member in
                    Self.value(member.value).map { .list([.text(member.key), $0]) }
                })
        }
    }

    static func == (left: Self, right: Self) -> Bool {
        left.rate?.hertz == right.rate?.hertz && left.details == right.details
    }

    func hash(into hasher: inout Hasher) { hasher.combine(details) }
}
