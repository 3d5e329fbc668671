/// Signals of a source that are one recording, by a name: `emg-2000Hz`.
protocol NamedPart: Sendable, Hashable {
    /// The name.
    var name: String { get }
}

extension ReadOptions.PartSelection {
    /// The parts of a source that are asked for.
    ///
    /// - Parameters:
    ///   - parts: All parts, at least one, the main one first.
    ///   - file: The source, for the message.
    /// - Returns: Those asked for, the main one first, and whether each is the main one.
    /// - Throws: ``IngestError`` when there is none of a name.
    func of<Part: NamedPart>(
        _ parts: [Part], in file: String
    ) throws(IngestError) -> [(part: Part, isMain: Bool)] {
        let all = parts.enumerated().map { (part: $0.element, isMain: $0.offset == 0) }
        switch self {
        case .main: return Array(all.prefix(1))
        case .all: return all
        case .named(let name):
            let found = all.filter { $0.part.name == name }
            guard !found.isEmpty else {
                throw IngestError(
                    .inconsistent(
                        expected: "a part named \(name)",
                        found: parts.map(\.name).joined(separator: ", ")),
                    at: SourceLocation(file: file), hint: "name one of these (--parts NAME)")
            }
            return found
        }
    }
}
