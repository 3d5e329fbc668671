internal import Documents
internal import EMGSignal
internal import Foundation

/// What the `_emg.json` files of a recording say; the nearest counts more.
struct BIDSDescription: Sendable, Hashable {
    /// The sampling rate in hertz, and where it stands.
    private(set) var rate: (hertz: Double, location: SourceLocation)?
    /// What is kept for the recording's history.
    private(set) var details: [String: ProcessingStep.Value] = [:]

    private static let largest = 8 << 20

    /// The members that are kept, with their names in a history.
    private static let kept: KeyValuePairs<String, String> = [
        "TaskName": "bids_task_name",
        "PowerLineFrequency": "bids_power_line_frequency_hz",
        "EMGPlacementScheme": "bids_emg_placement_scheme",
        "EMGReference": "bids_emg_reference",
        "EMGGround": "bids_emg_ground",
        "RecordingType": "bids_recording_type",
        "SoftwareFilters": "bids_software_filters",
        "HardwareFilters": "bids_hardware_filters",
        "Manufacturer": "bids_manufacturer",
        "ManufacturersModelName": "bids_manufacturers_model_name",
    ]

    /// Reads the descriptions.
    ///
    /// - Parameter urls: The files, nearest first.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    init(_ urls: [URL]) throws(IngestError) {
        for url in urls.reversed() {
            let source = try PositionedFile(url)
            guard source.byteCount <= Self.largest else {
                throw IngestError(
                    .unsupported(feature: "a description of \(source.byteCount) bytes"),
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
        if let member = object.optional("SamplingFrequency"), !Self.isUnknown(member) {
            let position = member.value.position
            rate = (
                try member.number(in: 1e-6...1e9),
                SourceLocation(
                    file: document.name, line: position?.line, column: position?.column,
                    object: member.path)
            )
        }
        for (key, name) in Self.kept {
            guard let member = object.optional(key), !Self.isUnknown(member) else { continue }
            details[name] = Self.value(member.value)
        }
    }

    private static func isUnknown(_ member: DocumentCursor) -> Bool {
        if case .string(let text) = member.value.content { return text.lowercased() == "n/a" }
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
