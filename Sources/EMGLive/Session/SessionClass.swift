package import Documents

/// A movement that a person is asked for.
package struct SessionClass: Described, Hashable {
    /// The class that its samples get.
    package var name = ""
    /// What the person reads; `nil` for a text made of the name.
    package var text: String?
    /// The picture; `nil` for the drawing of a hand that goes with the name.
    package var picture: SessionPicture?
    /// For how many seconds it is held; `nil` for as long as the others.
    package var holdSeconds: Double?

    /// A class without a name, which reading replaces.
    package init() {}

    /// A class with a text and a picture of its name.
    package init(_ name: String) {
        self.name = name
    }

    /// The members.
    package static let fields: Fields<Self> = [
        Field("name", \.name, .movement, "The class that its samples get.", isRequired: true),
        Field(
            optional: "text", \.text, .text,
            "What the person reads, a few words; made of the name when left out."),
        Field(
            optional: "picture", \.picture, .picture,
            "A built-in drawing of a hand by its name, or a PNG or SVG file beside the protocol; "
                + "the drawing that goes with the name when left out."),
        Field(
            optional: "hold_s", \.holdSeconds, SessionProtocol.holdFormat,
            "For how many seconds it is held; as long as the others when left out."),
    ]

    /// What the person reads.
    package var prompt: String { text ?? Self.usualText(of: name) }

    private static func usualText(of name: String) -> String {
        let words = name.map { "_-".contains($0) ? " " : String($0) }.joined().lowercased()
        switch words {
        case "relax", "rest", "neutral", "no motion": return "Relax"
        case "open", "hand open": return "Open your hand"
        case "close", "hand close", "fist": return "Close your hand"
        default: return words.prefix(1).uppercased() + words.dropFirst()
        }
    }
}

extension FieldFormat<String> {
    /// The name of a class that a table of events may have.
    fileprivate static var movement: FieldFormat {
        FieldFormat.name.mapped(
            { name, cursor throws(DocumentError) in
                let plain = name.lowercased()
                // Events of these names mark samples as bad or as nobody's.
                guard !name.isEmpty, plain != "unlabeled", plain != "n/a", !plain.hasPrefix("bad")
                else {
                    throw cursor.error(
                        expected: "the name of a movement",
                        hint: "in tables of events BAD…, unlabeled and n/a mean something else")
                }
                guard !name.contains(where: { $0.isNewline || $0 == "\t" }) else {
                    throw cursor.error(expected: "a name on one line, without tabs")
                }
                return name
            }, back: { $0 })
    }
}

extension FieldFormat<[SessionClass]> {
    /// Classes, each by its name or with what is shown.
    static var sessionClasses: FieldFormat {
        let (name, object) = (FieldFormat<String>.movement, FieldFormat<SessionClass>.object())
        let either = FieldFormat<SessionClass>(
            schema: { .either([name.schema($0), object.schema($0)]) },
            read: { cursor throws(DocumentError) in
                if case .object = cursor.value.content { return try object.read(cursor) }
                return SessionClass(try name.read(cursor))
            },
            write: object.write)
        return .list(of: either, count: 1...64)
    }
}
