extension Kinds {
    /// Adds a kind.
    ///
    /// - Parameter entry: The kind; its name is not one of the library's or of those added before.
    package mutating func add<Kind>(_ entry: Registry<Kind>.Entry) {
        let id = ObjectIdentifier(Kind.self)
        var list = added[id] as? Added<Kind> ?? Added()
        list.entries.append(entry)
        added[id] = list
    }

    /// The library's kinds of a thing and those added.
    ///
    /// - Parameter standard: The library's kinds.
    /// - Returns: All kinds, the library's first.
    package func all<Kind>(_ standard: Registry<Kind>) -> Registry<Kind> {
        var registry = standard
        let list = added[ObjectIdentifier(Kind.self)] as? Added<Kind>
        for entry in list?.entries ?? [] { registry.add(entry) }
        return registry
    }
}

private struct Added<Kind: Sendable>: AddedKinds {
    var entries: [Registry<Kind>.Entry] = []

    var names: [String] { entries.map(\.name) }
}
