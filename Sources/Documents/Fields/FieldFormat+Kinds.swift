extension FieldFormat {
    /// An object that says by a member which kind of thing it is: `{name: tcn, kernel: 5}`.
    ///
    /// - Parameters:
    ///   - registry: The library's kinds.
    ///   - tag: The member that names the kind.
    ///   - standard: The kind that is meant when that member is left out; `nil` when it must be
    ///     there.
    ///   - described: A value as the described type behind it.
    /// - Returns: The format.
    package static func tagged(
        _ registry: Registry<Value>, by tag: String, standard: String?,
        described: @escaping @Sendable (Value) -> any DescribedKind
    ) -> FieldFormat {
        FieldFormat(
            schema: {
                .tagged(
                    by: tag, standard: standard,
                    kinds: $0.all(registry).objectKinds(with: $0))
            },
            read: { cursor throws(DocumentError) in
                try cursor.kinds.all(registry).tagged(cursor, by: tag, standard: standard)
            },
            write: { DocumentValue(.object(described($0).members(namedBy: tag))) })
    }

    /// An object with one member, whose name says which kind of thing it is:
    /// `{band_pass: {low_hz: 20}}`; or that name alone, when its members may be left out.
    ///
    /// - Parameters:
    ///   - registry: The library's kinds.
    ///   - noun: What one of them is, for messages: `stage`.
    ///   - described: A value as the described type behind it.
    /// - Returns: The format.
    package static func keyed(
        _ registry: Registry<Value>, noun: String,
        described: @escaping @Sendable (Value) -> any DescribedKind
    ) -> FieldFormat {
        FieldFormat(
            schema: { .keyed(kinds: $0.all(registry).objectKinds(with: $0)) },
            read: { cursor throws(DocumentError) in
                try cursor.kinds.all(registry).keyed(cursor, noun: noun)
            },
            write: { value in
                let kind = described(value)
                return DocumentValue(
                    .object([
                        DocumentValue.Member(
                            key: type(of: kind).key, value: DocumentValue(.object(kind.members)))
                    ]))
            })
    }

    /// The name of a kind, or, for one with members, an object as ``keyed(_:noun:described:)`` has
    /// it: `last`, `{quorum: {share: 0.8}}`.
    ///
    /// - Parameters:
    ///   - registry: The library's kinds.
    ///   - noun: What one of them is, for messages: `label rule`.
    ///   - described: A value as the described type behind it.
    /// - Returns: The format.
    package static func named(
        _ registry: Registry<Value>, noun: String,
        described: @escaping @Sendable (Value) -> any DescribedKind
    ) -> FieldFormat {
        let keyed = keyed(registry, noun: noun, described: described)
        return FieldFormat(
            schema: { kinds in
                let all = kinds.all(registry)
                return all.haveMembers ? keyed.schema(kinds) : .choice(all.names)
            },
            read: { cursor throws(DocumentError) in
                let all = cursor.kinds.all(registry)
                if case .object = cursor.value.content, all.haveMembers {
                    return try keyed.read(cursor)
                }
                return try all.named(cursor)
            },
            write: { value in
                let kind = described(value)
                guard kind.members.isEmpty else { return keyed.write(value) }
                return DocumentValue(.string(type(of: kind).key))
            })
    }
}

extension Described {
    /// The value's members as they are written.
    package var members: [DocumentValue.Member] { Self.fields.members(of: self) }
}

extension Registry {
    /// Reads an object that says by a member which kind it is.
    ///
    /// - Parameters:
    ///   - cursor: Where the object stands.
    ///   - tag: The member that names the kind.
    ///   - standard: The kind that is meant when that member is left out.
    /// - Returns: The value.
    /// - Throws: ``DocumentError`` with the place of the fault; a member of another kind is reported
    ///   as such.
    func tagged(
        _ cursor: DocumentCursor, by tag: String, standard: String?
    ) throws(DocumentError) -> Kind {
        let object = try cursor.object(usual: tag)
        let entry = try entry(of: object, by: tag, standard: standard)
        let known = [tag] + entry.keys
        for member in object.members where !known.contains(member.key) {
            let owners = entries.filter { $0.keys.contains(member.key) }.map(\.name)
            throw DocumentError(
                .unknownMember(member.key), document: cursor.document, position: member.position,
                path: cursor.path,
                hint: owners.isEmpty
                    ? Spelling.suggestion(for: member.key, among: known)
                    : "\(entry.name) has no \(member.key); it belongs to "
                        + "\(owners.joined(separator: ", "))")
        }
        return try entry.read(object)
    }

    /// Reads an object with one member whose name says which kind it is, or that name alone.
    func keyed(_ cursor: DocumentCursor, noun: String) throws(DocumentError) -> Kind {
        if case .string = cursor.value.content { return try named(cursor) }
        let object = try cursor.object(allowing: names)
        guard let member = object.entries.first, object.entries.count == 1,
            let entry = self[member.key]
        else {
            throw cursor.error(
                expected: "one \(noun)", found: "\(object.entries.count) in one element",
                hint: "begin each \(noun) with a dash of its own")
        }
        let value = member.cursor.value
        return try read(
            entry, member.cursor.isNull ? DocumentValue(.object([]), at: value.position) : value,
            member.cursor)
    }

    /// Whether a kind has members.
    fileprivate var haveMembers: Bool { entries.contains { !$0.keys.isEmpty } }

    /// Reads a kind by its name, with the defaults of its members.
    fileprivate func named(_ cursor: DocumentCursor) throws(DocumentError) -> Kind {
        try read(
            entry(cursor), DocumentValue(.object([]), at: cursor.value.position), cursor)
    }

    private func read(
        _ entry: Entry, _ value: DocumentValue, _ cursor: DocumentCursor
    ) throws(DocumentError) -> Kind {
        let cursor = cursor.replacing(value)
        return try entry.read(cursor.object(allowing: entry.keys))
    }
}
