private import Foundation

/// An element of an XML document.
struct MarkupNode: Sendable, Hashable {
    /// The name that the file gives it.
    let name: String
    /// Its attributes.
    let attributes: [String: String]
    /// The elements in it.
    var children: [MarkupNode] = []
    /// The text in it.
    var text = ""

    /// All elements of a name in it, at any depth, in order.
    func all(_ wanted: String) -> [MarkupNode] {
        children.flatMap { ($0.name == wanted ? [$0] : []) + $0.all(wanted) }
    }

    /// The text of the first element of a name; `nil` when there is none, or it is blank.
    func text(of wanted: String) -> String? {
        let text = all(wanted).first?.text.trimmingCharacters(in: .whitespacesAndNewlines)
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The first element of a name directly in it; `nil` when there is none.
    func child(_ wanted: String) -> MarkupNode? { children.first { $0.name == wanted } }

    /// The text in it without blanks around it.
    var trimmedText: String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}
