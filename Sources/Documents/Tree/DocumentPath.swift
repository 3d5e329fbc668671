private import PrintableText

/// The way to a value of a document: `inner.learning_rate`, `stages[0].band_pass.low_hz`.
///
/// A name that holds a dot, a bracket, a quotation mark or `=` stands in double quotes.
package struct DocumentPath: Sendable, Hashable, CustomStringConvertible {
    /// One step of the way.
    package enum Step: Sendable, Hashable {
        /// Into an object, to the member of a name.
        case member(String)
        /// Into a list, to an element counted from 0.
        case element(Int)
    }

    /// The steps, at least one.
    package let steps: [Step]

    /// Creates a path.
    ///
    /// - Parameter steps: The steps, at least one.
    package init(steps: [Step]) {
        precondition(!steps.isEmpty, "a path has a step")
        self.steps = steps
    }

    /// Reads a path.
    ///
    /// - Parameters:
    ///   - text: The path.
    ///   - name: What it is, for messages, as `override 2`.
    /// - Throws: ``DocumentError`` when it is none.
    package init(_ text: some StringProtocol, name: String) throws(DocumentError) {
        var rest = Substring(text)
        var steps: [Step] = []
        func fault(_ expected: String) -> DocumentError {
            DocumentError(
                .syntax(expected: expected, found: "\"\(String(text).printable(limit: 200))\""),
                document: name, position: nil,
                hint: "write names with dots between them, as inner.learning_rate, and elements "
                    + "of a list as stages[0]")
        }
        repeat {
            if rest.first == "[", !steps.isEmpty {
                guard let end = rest.firstIndex(of: "]"),
                    let index = Int(rest[rest.index(after: rest.startIndex)..<end]), index >= 0
                else { throw fault("the number of an element in brackets") }
                steps.append(.element(index))
                rest = rest[rest.index(after: end)...]
            } else {
                if !steps.isEmpty {
                    guard rest.first == "." else { throw fault("a dot between two names") }
                    rest = rest.dropFirst()
                }
                guard let member = Self.takeName(from: &rest) else { throw fault("a name") }
                steps.append(.member(member))
            }
        } while !rest.isEmpty && steps.count <= 128
        guard rest.isEmpty else { throw fault("at most 128 names") }
        self.init(steps: steps)
    }

    /// Takes a name, quoted or not, from the beginning.
    private static func takeName(from text: inout Substring) -> String? {
        if text.first == "\"" {
            let body = text.dropFirst()
            guard let end = body.firstIndex(of: "\""), end > body.startIndex else { return nil }
            text = body[body.index(after: end)...]
            return String(body[..<end])
        }
        let end = text.firstIndex { ".[".contains($0) } ?? text.endIndex
        let name = text[..<end]
        guard !name.isEmpty, !name.contains(where: { "]\"=".contains($0) || $0.isWhitespace })
        else { return nil }
        text = text[end...]
        return String(name)
    }

    /// The path as it is written.
    package var description: String {
        steps.enumerated().map { index, step in
            switch step {
            case .element(let place): return "[\(place)]"
            case .member(let name):
                let isPlain = !name.contains { ".[]\"=".contains($0) || $0.isWhitespace }
                return (index == 0 ? "" : ".") + (isPlain ? name : "\"\(name)\"")
            }
        }.joined()
    }
}
