import Documents

/// What is shown for a movement.
package enum SessionPicture: Sendable, Hashable {
    /// A drawing of a hand that the page makes, by the name of a movement.
    case hand(String)
    /// A PNG or SVG file, by its path from the protocol's folder.
    case file(String)

    /// The endings of files that are pictures.
    static let fileExtensions = ["png", "svg"]
}

extension FieldFormat<SessionPicture> {
    /// A picture as a text: what ends like a file is one.
    static var picture: FieldFormat {
        FieldFormat(
            .form(TextForm("name or file", length: 1 ... .max)),
            read: { cursor throws(DocumentError) in
                let text = try cursor.string()
                guard !text.isEmpty else { throw cursor.error(expected: "a name or a file") }
                let ending = text.split(separator: ".").last.map { $0.lowercased() } ?? ""
                guard text.contains("."), SessionPicture.fileExtensions.contains(ending) else {
                    guard !text.contains("/"), !text.contains(".") else {
                        throw cursor.error(
                            expected: "the name of a drawing, or a file that ends in .png or .svg")
                    }
                    return .hand(text)
                }
                // A protocol from elsewhere shows its own pictures, and no file of this machine.
                guard !text.hasPrefix("/"), !text.split(separator: "/").contains("..") else {
                    throw cursor.error(
                        expected: "a file in the protocol's folder, or in one below it")
                }
                return .file(text)
            },
            write: { picture in
                switch picture {
                case .hand(let name), .file(let name): .string(name)
                }
            })
    }
}
