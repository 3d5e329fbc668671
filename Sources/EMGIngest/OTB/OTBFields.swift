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
        let text = node.attributes[key] ?? ""
        guard let number = Double(text), bounds.contains(number) else {
            throw IngestError(
                .malformed(
                    expected: "a number from \(bounds.lowerBound.brief) to "
                        + bounds.upperBound.brief,
                    found: text.isEmpty ? "none" : "\"\(text)\""),
                at: SourceLocation(
                    file: location.file, field: "\(node.name).\(key)", object: location.object),
                hint: "the file is damaged; make or copy it again")
        }
        return number
    }
}
