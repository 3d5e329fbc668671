public import Documents
internal import EMGSignal

extension ClassMap: Described {
    /// The members.
    public static let fields: Fields<Self> = [
        Field(
            "rename", schema: { .map(of: FieldFormat<String>.name.schema($0)) },
            "New names by old ones.",
            read: { cursor, map throws(DocumentError) in
                for (source, name) in try cursor.object().entries {
                    let target = try map.target(try name.name(), at: name)
                    try map.add(Merge(name: target, sources: []), [(source, name)])
                }
            },
            write: { map in
                let renamed = map.merges.filter { $0.sources.count == 1 }
                guard !renamed.isEmpty else { return nil }
                return DocumentValue(
                    .object(
                        renamed.flatMap { merge in
                            merge.sources.map {
                                DocumentValue.Member(
                                    key: $0, value: DocumentValue(.string(merge.name)))
                            }
                        }))
            }),
        Field(
            "merge", schema: { .map(of: FieldFormat<[String]>.names.schema($0)) },
            "Classes that become one, by its name.",
            read: { cursor, map throws(DocumentError) in
                for (name, list) in try cursor.object().entries {
                    let target = try map.target(name, at: list)
                    var sources: [(name: String, cursor: DocumentCursor)] = []
                    for element in try list.array() {
                        sources.append((try element.name(), element))
                    }
                    try map.add(Merge(name: target, sources: []), sources)
                    guard !sources.isEmpty else {
                        throw list.error(expected: "at least one class")
                    }
                }
            },
            write: { map in
                let merged = map.merges.filter { $0.sources.count != 1 }
                guard !merged.isEmpty else { return nil }
                return DocumentValue(
                    .object(
                        merged.map { merge in
                            DocumentValue.Member(
                                key: merge.name,
                                value: FieldFormat<[String]>.names.write(merge.sources))
                        }))
            }),
        Field(
            "drop", schema: FieldFormat<[String]>.names.schema, "Classes that are in no window.",
            read: { cursor, map throws(DocumentError) in
                for element in try cursor.array() {
                    let name = try element.name()
                    try map.refuse(name, among: [], at: element)
                    map.drop.append(name)
                }
            },
            write: { $0.drop.isEmpty ? nil : FieldFormat<[String]>.names.write($0.drop) }),
        .list(
            "order", \.order, .set(of: .name, noun: "class"),
            "The classes in the order of their labels; those of each recording in their own order "
                + "when left out."),
    ]

    /// A class must be inferred from samples without one.
    private func target(
        _ name: String, at cursor: DocumentCursor
    ) throws(DocumentError) -> String {
        guard name != LabelTrack.unlabeledName else {
            throw cursor.error(
                expected: "the name of a class", found: "\"\(name)\"",
                hint: "this is the name of samples without a class; \"drop\" leaves a class out")
        }
        return name
    }

    private mutating func add(
        _ merge: Merge, _ sources: [(name: String, cursor: DocumentCursor)]
    ) throws(DocumentError) {
        var merge = merge
        for (name, cursor) in sources {
            try refuse(name, among: merge.sources, at: cursor)
            merge.sources.append(name)
        }
        merges.append(merge)
    }

    /// A class of the recordings goes one way only.
    private func refuse(
        _ name: String, among others: [String], at cursor: DocumentCursor
    ) throws(DocumentError) {
        guard !others.contains(name), !drop.contains(name),
            !merges.contains(where: { $0.sources.contains(name) })
        else {
            throw cursor.error(
                expected: "a class that is renamed, merged or dropped once",
                found: "\"\(name)\" again")
        }
    }
}
