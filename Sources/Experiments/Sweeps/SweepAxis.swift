package import Documents

/// A setting that a sweep varies, and its values: `inner.learning_rate=1e-3,1e-4`.
package struct SweepAxis: Sendable, Hashable {
    /// The setting.
    package let path: DocumentPath
    /// Its values, at least one.
    package let values: [DocumentValue]

    /// More values than this are assumed to be a mistake.
    static let valueLimit = 100_000

    /// Reads an axis.
    ///
    /// - Parameters:
    ///   - text: `key.path=value,value,…`; commas within brackets, braces and quotes belong to a
    ///     value.
    ///   - source: What it is called in messages, as `sweep 1`.
    /// - Throws: `DocumentError` when it cannot be read.
    package init(_ text: String, source: String) throws(DocumentError) {
        guard let (path, list) = DocumentOverride.halves(of: text) else {
            throw DocumentError(
                .syntax(expected: "key.path=value,value", found: "\"\(text.prefix(200))\""),
                document: source, position: nil, hint: "write for example seed=1,2,3")
        }
        let place = try DocumentPath(path, name: source)
        var values: [DocumentValue] = []
        for piece in Self.pieces(of: list) {
            guard !piece.allSatisfy(\.isWhitespace) else {
                throw DocumentError(
                    .syntax(expected: "a value between commas", found: "nothing"),
                    document: "\(source): \(place)", position: nil,
                    hint: "write null for a setting's default")
            }
            values.append(try DocumentOverride("\(path)=\(piece)", source: source).value)
        }
        self.init(path: place, values: values)
    }

    /// Reads the axes of a document's object: names are paths, values lists.
    ///
    /// - Parameter cursor: The object.
    /// - Returns: The axes in order.
    /// - Throws: `DocumentError` with the place of the fault.
    package static func axes(_ cursor: DocumentCursor) throws(DocumentError) -> [SweepAxis] {
        var axes: [SweepAxis] = []
        for (key, cursor) in try cursor.object().entries {
            let values = try cursor.array().map(\.value)
            guard (1...valueLimit).contains(values.count) else {
                throw cursor.error(expected: "a list of 1 to \(valueLimit) values")
            }
            axes.append(
                SweepAxis(path: try DocumentPath(key, name: cursor.path), values: values))
        }
        return axes
    }

    private init(path: DocumentPath, values: [DocumentValue]) {
        self.path = path
        self.values = values
    }

    /// A value as an override of a document.
    func override(_ index: Int) -> DocumentOverride {
        DocumentOverride(path: path, value: values[index])
    }

    /// The parts between commas that stand outside of brackets, braces and quotes.
    private static func pieces(of text: Substring) -> [Substring] {
        var pieces: [Substring] = []
        var start = text.startIndex
        var depth = 0
        var quote: Character?
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
                continue
            }
            switch character {
            case "\"", "'": quote = character
            case "[", "{": depth += 1
            case "]", "}": depth -= 1
            case "," where depth == 0:
                pieces.append(text[start..<index])
                start = text.index(after: index)
            default: break
            }
        }
        return pieces + [text[start...]]
    }
}

extension SweepAxis {
    /// Every combination of values, those of the last axis changing fastest: indices of values,
    /// one an axis.
    ///
    /// - Parameters:
    ///   - axes: The axes, each setting once.
    ///   - limit: How many combinations there may be.
    /// - Returns: The combinations; one of nothing for no axes.
    /// - Throws: `DocumentError` when a setting stands twice or there are too many.
    static func combinations(
        of axes: [SweepAxis], limit: Int = valueLimit
    ) throws(DocumentError) -> [[Int]] {
        var seen: Set<DocumentPath> = []
        var count = 1
        for axis in axes {
            guard seen.insert(axis.path).inserted else {
                throw DocumentError(
                    .duplicateMember("\(axis.path)"), document: "the sweep", position: nil,
                    hint: "give all its values in one list")
            }
            let (product, overflow) = count.multipliedReportingOverflow(by: axis.values.count)
            guard !overflow, product <= limit else {
                throw DocumentError(
                    .invalid(expected: "at most \(limit) points", found: "more"),
                    document: "the sweep", position: nil)
            }
            count = product
        }
        return axes.reduce([[]]) { points, axis in
            points.flatMap { point in axis.values.indices.map { point + [$0] } }
        }
    }
}
