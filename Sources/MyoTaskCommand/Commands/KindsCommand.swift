import ArgumentParser
import Documents

/// `myotask kinds`: everything that documents call by a name.
struct KindsCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "kinds",
        abstract: "List readers, stages, features, rules, models and all else that has a name.",
        discussion: """
            Without a kind, the names of all kinds; with one, what each of its members is and \
            which settings it has. Kinds that a laboratory's own program adds are among them.
            """)

    @Argument(
        help: ArgumentHelp("What to list, such as stages or features.", valueName: "kind"),
        completion: .list(Self.names))
    var kind: String?

    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    private static var names: [String] { KindGroup.all(.current).map(\.name) }

    func validate() throws {
        guard let kind, !Self.names.contains(kind) else { return }
        throw ValidationError(
            "there are no \(kind.debugDescription): "
                + Spelling.suggestion(for: kind, among: Self.names))
    }

    func run() throws {
        let groups = KindGroup.all(.current).filter { kind == nil || $0.name == kind }
        guard !printsJSON else {
            return Console.line(JSONText.of(.object(["kinds": .array(groups.map(\.document))])))
        }
        guard kind == nil else { return groups.forEach(Self.show) }
        var table = TextTable("kind", "named in", "names")
        for group in groups {
            table.add(group.name, group.place, group.kinds.map(\.name).joined(separator: " "))
        }
        Console.line(table.text)
    }

    private static func show(_ group: KindGroup) {
        var table = TextTable("name", "settings", "what it is")
        for kind in group.kinds {
            table.add(
                kind.name, kind.members.map(\.key).joined(separator: " "), kind.documentation)
        }
        Console.line(table.text)
    }
}

extension KindGroup {
    /// The kinds of one thing, for programs.
    fileprivate var document: DocumentValue {
        .object([
            "kind": .string(name), "place": .string(place),
            "names": .array(
                kinds.map { kind in
                    .object([
                        "name": .string(kind.name), "documentation": .string(kind.documentation),
                        "settings": .array(
                            kind.members.map {
                                .object([
                                    "name": .string($0.key), "value": .string($0.schema.words),
                                    "is_required": .boolean($0.isRequired),
                                    "documentation": .string($0.documentation),
                                ])
                            }),
                    ])
                }),
        ])
    }
}
