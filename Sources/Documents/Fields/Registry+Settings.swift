// Settings of several kinds in one object: those of the kind that is named are used; those of the
// others are checked, kept and written, so that one document holds the settings of each.

extension Registry {
    /// The names of the settings of all kinds, each once and in the order that every kind has them.
    var settingKeys: [String] {
        var keys: [String] = []
        for entry in entries {
            var place = keys.endIndex
            for key in entry.keys.reversed() {
                if let index = keys.firstIndex(of: key) {
                    place = index
                } else {
                    keys.insert(key, at: place)
                }
            }
        }
        return keys
    }

    /// Reads the settings of a kind among those of others.
    ///
    /// - Parameters:
    ///   - kind: The kind, with the values of what is left out.
    ///   - object: An object in which other members may stand, too.
    ///   - others: Settings of other kinds; what the object has of them is put there.
    /// - Returns: The kind with its settings; `nil` when the object has none of them.
    /// - Throws: ``DocumentError`` with the place of the fault, also for settings of other kinds.
    func settings(
        of kind: any DescribedKind, in object: DocumentObject,
        others: inout [DocumentValue.Member]
    ) throws(DocumentError) -> Kind? {
        let name = type(of: kind).key
        let given = object.members.filter { $0.value.content != .null }
        var taken = Set(kind.memberKeys)
        for other in entries where other.name != name {
            let own = given.filter { other.keys.contains($0.key) && !taken.contains($0.key) }
            guard !own.isEmpty else { continue }
            let keys = Set(own.map(\.key))
            others.removeAll { keys.contains($0.key) }
            others += try other.rewrite(DocumentObject(cursor: object.cursor, members: own))
                .filter { keys.contains($0.key) }
            taken.formUnion(keys)
        }
        guard let entry = self[name], given.contains(where: { entry.keys.contains($0.key) })
        else { return nil }
        let rest = kind.members.filter { member in !given.contains { $0.key == member.key } }
        return try entry.read(DocumentObject(cursor: object.cursor, members: given + rest))
    }

    /// The settings of all kinds as they are written: those of one kind, those that were given for
    /// others, and the defaults of what was not, but of kinds that are written only when used.
    func settings(
        of kind: any DescribedKind, others: [DocumentValue.Member]
    ) -> [DocumentValue.Member] {
        let own = kind.members
        let ownKeys = kind.memberKeys
        let keys = settingKeys
        let known = keys.compactMap { key in
            if ownKeys.contains(key) { return own.first { $0.key == key } }
            return others.first { $0.key == key }
                ?? entries.lazy.filter(\.isWrittenUnused).flatMap(\.standardMembers)
                .first { $0.key == key }
        }
        // Those of kinds that packages outside have added.
        let added = (own + others.filter { !ownKeys.contains($0.key) })
            .filter { !keys.contains($0.key) }
        return known + added
    }

    /// The settings of all kinds, as they stand in a schema.
    func settingProperties(with kinds: Kinds) -> [ObjectSchema.Property] {
        let schemas = entries.map { (name: $0.name, properties: $0.schema(kinds).properties) }
        return settingKeys.compactMap { key in
            let owners = schemas.compactMap { schema in
                schema.properties.first { $0.key == key }.map { (schema.name, $0) }
            }
            guard let (_, first) = owners.first else { return nil }
            let names = owners.map(\.0).joined(separator: ", ")
            let isAlike = owners.allSatisfy { $0.1.standard == first.standard }
            return ObjectSchema.Property(
                key: key, schema: first.schema,
                documentation: owners.count == entries.count
                    ? first.documentation : "\(names): \(first.documentation)",
                standard: isAlike ? first.standard : nil)
        }
    }
}

extension Described {
    /// The names of the members.
    package var memberKeys: [String] { Self.fields.keys }
}
