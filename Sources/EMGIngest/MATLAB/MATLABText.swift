internal import PrintableText

/// A text that is a label.
enum MATLABText {
    /// How many characters a label has at most.
    static let longest = 200

    /// The text of codes, without what fills it up.
    static func decode(
        _ codes: ArraySlice<Double>, areBytes: Bool, at place: SourceLocation
    ) throws(IngestError) -> String {
        let units = codes.map { UInt16(exactly: $0) ?? 0xFFFF }
        let text =
            areBytes
            ? ForeignText.decode(units.map { UInt8(truncatingIfNeeded: $0) })
            : String(validating: units, as: UTF16.self)
        guard let text else {
            throw noText("what is no UTF-16", at: place)
        }
        return String(text.prefix { $0 != "\0" }).trimmingBlanks()
    }

    static func place(_ location: SourceLocation, row: Int) -> SourceLocation {
        // MATLAB counts from 1.
        SourceLocation(file: location.file, field: "(\(row + 1), 1)", object: location.object)
    }

    static func tooLong(_ count: Int, at place: SourceLocation) -> IngestError {
        IngestError(
            .invalidCell(
                expected: "a label of at most \(longest) characters", found: "\(count)"),
            at: place, hint: "a template names the variable that holds the labels")
    }

    static func noText(_ found: String, at place: SourceLocation) -> IngestError {
        IngestError(
            .invalidCell(expected: "a text as label", found: found), at: place,
            hint: "a template names a variable with a number or a text for each sample "
                + "(matlab: {label: NAME})")
    }
}
