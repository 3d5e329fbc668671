/// Numbers among the attributes of an element.
struct OTBFields {
    private let node: MarkupNode
    private let location: SourceLocation

    init(_ node: MarkupNode, _ location: SourceLocation) {
        self.node = node
        self.location = location
    }

    /// A number that must be there.
    func number(_ key: String, in bounds: ClosedRange<Double>) throws(IngestError) -> Double {
        try Self.number(
            node.attributes[key] ?? "", in: bounds, field: "\(node.name).\(key)", at: location)
    }

    /// The number that a text is.
    ///
    /// - Parameters:
    ///   - text: The text; empty for none.
    ///   - bounds: What it may be.
    ///   - field: What it is called.
    ///   - location: The document.
    /// - Returns: The number.
    /// - Throws: ``IngestError`` for anything else.
    static func number(
        _ text: String, in bounds: ClosedRange<Double>, field: String, at location: SourceLocation
    ) throws(IngestError) -> Double {
        guard let number = Double(text), bounds.contains(number) else {
            throw IngestError(
                .malformed(
                    expected: "a number from \(bounds.lowerBound.brief) to "
                        + bounds.upperBound.brief,
                    found: text.isEmpty ? "none" : "\"\(text)\""),
                at: SourceLocation(file: location.file, field: field, object: location.object),
                hint: "the file is damaged; make or copy it again")
        }
        return number
    }
}
