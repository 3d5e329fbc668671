/// A property that is one of several kinds, whose settings stand together with those of the others.
///
/// ```swift
/// static let rule = KindProperty<Self, any Rule>(
///     \.rule, others: \.otherSettings, of: .standard, described: { $0 })
/// static let fields: Fields<Self> = [
///     Field(kind: "rule", rule, "How."), Field(settingsOf: rule),
/// ]
/// ```
package struct KindProperty<Root: Sendable, Kind: Sendable>: Sendable {
    let path: any WritableKeyPath<Root, Kind> & Sendable
    let others: any WritableKeyPath<Root, [DocumentValue.Member]> & Sendable
    let registry: Registry<Kind>
    let described: @Sendable (Kind) -> any DescribedKind

    /// Describes a property.
    ///
    /// - Parameters:
    ///   - path: The property.
    ///   - others: Where settings are kept that belong to other kinds, as they are written.
    ///   - registry: The library's kinds.
    ///   - described: A value as the described type behind it.
    package init(
        _ path: any WritableKeyPath<Root, Kind> & Sendable,
        others: any WritableKeyPath<Root, [DocumentValue.Member]> & Sendable,
        of registry: Registry<Kind>, described: @escaping @Sendable (Kind) -> any DescribedKind
    ) {
        self.path = path
        self.others = others
        self.registry = registry
        self.described = described
    }

    fileprivate func read(
        _ object: DocumentObject, into root: inout Root
    ) throws(DocumentError) {
        let kinds = object.cursor.kinds.all(registry)
        let kind = try kinds.settings(
            of: described(root[keyPath: path]), in: object, others: &root[keyPath: others])
        if let kind { root[keyPath: path] = kind }
    }

    fileprivate func settings(of root: Root) -> [DocumentValue.Member] {
        registry.settings(of: described(root[keyPath: path]), others: root[keyPath: others])
    }
}

extension Field {
    /// Creates a field that names the kind of a property; the kind has the defaults of its settings
    /// then.
    ///
    /// - Parameters:
    ///   - key: The member's name.
    ///   - property: The property.
    ///   - documentation: What it decides; what each kind is is said behind it.
    ///   - isRequired: Whether it must be there.
    package init<Kind>(
        kind key: String, _ property: KindProperty<Root, Kind>, _ documentation: String,
        isRequired: Bool = false
    ) {
        let about = property.registry.entries.map { "\($0.name): \($0.documentation)" }
        self.init(
            key, schema: { .choice($0.all(property.registry).names) },
            ([documentation] + about).joined(separator: " "), isRequired: isRequired,
            read: { cursor, root throws(DocumentError) in
                root[keyPath: property.path] =
                    try cursor.kinds.all(property.registry).entry(cursor).standard
            },
            write: { root in
                let kind = property.described(root[keyPath: property.path])
                return DocumentValue(.string(type(of: kind).key))
            })
    }

    /// Creates a field for the settings of a property's kind, and of all others, in the same object
    /// as the name of the kind, which stands before it among the fields.
    ///
    /// - Parameter property: The property.
    package init<Kind>(settingsOf property: KindProperty<Root, Kind>) {
        self.init(
            "", schema: { _ in .null }, "", read: { _, _ in }, write: { _ in nil })
        spread = FieldSpread(
            keys: { $0.all(property.registry).settingKeys },
            properties: { $0.all(property.registry).settingProperties(with: $0) },
            read: { object, root throws(DocumentError) in try property.read(object, into: &root) },
            write: { property.settings(of: $0) })
    }

    /// Creates a field for the settings of a property's kind, and of all others, in an object of
    /// their own.
    ///
    /// - Parameters:
    ///   - key: The member's name.
    ///   - property: The property; the field that names its kind stands before this one.
    ///   - documentation: What it means.
    package init<Kind>(
        _ key: String, settingsOf property: KindProperty<Root, Kind>, _ documentation: String
    ) {
        self.init(
            key,
            schema: {
                let kinds = $0.all(property.registry)
                return .object(ObjectSchema(properties: kinds.settingProperties(with: $0)))
            },
            documentation,
            read: { cursor, root throws(DocumentError) in
                let keys = cursor.kinds.all(property.registry).settingKeys
                try property.read(cursor.object(allowing: keys), into: &root)
            },
            write: { DocumentValue(.object(property.settings(of: $0))) })
    }

    /// The names of the field's members.
    func keys(with kinds: Kinds) -> [String] { spread?.keys(kinds) ?? [key] }
}
