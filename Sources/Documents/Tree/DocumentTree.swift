extension DocumentValue {
    /// Every value that is no object with its path, in the order of the document.
    ///
    /// Lists count as one value, except those that hold objects.
    package var leaves: [(path: [DocumentPath.Step], value: DocumentValue)] {
        switch content {
        case .object(let members) where !members.isEmpty:
            members.flatMap { member in
                member.value.leaves.map { ([.member(member.key)] + $0.path, $0.value) }
            }
        case .array(let values) where values.contains(where: \.isObject):
            values.enumerated().flatMap { index, value in
                value.leaves.map { ([.element(index)] + $0.path, $0.value) }
            }
        default: [([], self)]
        }
    }

    /// The value that a path leads to.
    package func value(at path: some Collection<DocumentPath.Step>) -> DocumentValue? {
        guard let step = path.first else { return self }
        let next: DocumentValue? =
            switch (step, content) {
            case (.member(let key), .object(let members)):
                members.first { $0.key == key }?.value
            case (.element(let index), .array(let values)) where values.indices.contains(index):
                values[index]
            default: nil
            }
        return next?.value(at: path.dropFirst())
    }

    /// The value with another document's members where it has none.
    package func filled(from defaults: DocumentValue) -> DocumentValue {
        guard case .object(let members) = content, case .object(let others) = defaults.content
        else { return content == .null ? defaults : self }
        let own = members.map { member in
            guard let other = others.first(where: { $0.key == member.key }) else { return member }
            return Member(
                key: member.key, position: member.position,
                value: member.value.filled(from: other.value))
        }
        return DocumentValue(
            .object(
                own + others.filter { other in !members.contains { $0.key == other.key } }),
            at: position)
    }
}
