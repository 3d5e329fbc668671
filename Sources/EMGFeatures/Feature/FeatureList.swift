public import Documents
private import PrintableText

/// Features in order, as a command or a document lists them.
public struct FeatureList: Sendable {
    /// The features.
    public var features: [any Feature]

    /// Creates a list.
    ///
    /// - Parameter features: The features in order.
    public init(_ features: [any Feature]) {
        self.features = features
    }

    /// How a list stands in documents: `[mav, {zc: {threshold: 0.01}}]`.
    package static let format = FieldFormat<[any Feature]>.list(
        of: .keyed(.standard, noun: "feature", described: { $0 }), count: 1...1_000
    ).mapped(
        { features, _ throws(DocumentError) in FeatureList(features) }, back: { $0.features })

    /// The schema of such documents.
    ///
    /// - Parameter kinds: The kinds that packages outside have added.
    /// - Returns: The schema.
    package static func schemaDocument(with kinds: Kinds = Kinds()) -> SchemaDocument {
        SchemaDocument(
            name: "features.schema.json", title: "MyoTask features",
            documentation: "Features of windows, in order: each by its short name, or by an object "
                + "with that name and the feature's parameters.",
            schema: format.schema(kinds))
    }

    /// Reads a list: names in short, each with its main parameter behind a colon, as
    /// `mav,zc:0.01,ar:6`; or, in brackets, as a document in YAML, `[mav, {sampen: {m: 3}}]`.
    ///
    /// - Parameters:
    ///   - text: The list; names in letters of either case.
    ///   - name: What the text is, for messages, as `--features`.
    ///   - kinds: The kinds that packages outside have added.
    /// - Throws: ``FeatureError`` for a name that is no feature, `DocumentError` for a parameter
    ///   outside its range.
    public init(_ text: String, name: String = "features", kinds: Kinds = Kinds()) throws {
        if text.drop(while: \.isWhitespace).hasPrefix("[") {
            var document = try Document(yaml: text.utf8, name: name)
            document.kinds = kinds
            self = try Self.format.read(document.cursor)
            return
        }
        let registry = kinds.all(Registry<any Feature>.standard)
        features = try text.split(separator: ",").map { element in
            try registry.feature(abbreviation: String(element), name: name, kinds: kinds)
        }
        guard !features.isEmpty else {
            throw FeatureError(
                .unusableParameter(
                    name: "the number of features", expected: "from 1 to 1000", found: "0"),
                hint: "name one: mav")
        }
    }
}

extension FeatureList: Hashable {
    /// Whether both have the same features in the same order.
    public static func == (left: Self, right: Self) -> Bool {
        left.features.map { AnyHashable($0) } == right.features.map { AnyHashable($0) }
    }

    /// Feeds every feature.
    public func hash(into hasher: inout Hasher) {
        for feature in features { hasher.combine(AnyHashable(feature)) }
    }
}

extension Registry<any Feature> {
    /// Reads a feature with its main parameter behind a colon.
    fileprivate func feature(
        abbreviation text: String, name: String, kinds: Kinds
    ) throws -> any Feature {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let key = parts[0].trimmingSpaces.lowercased()
        guard let entry = self[key] else {
            throw FeatureError(
                .unknownFeature(text), hint: Spelling.suggestion(for: key, among: names))
        }
        var members: [DocumentValue.Member] = []
        let field = type(of: entry.standard).mainField
        if parts.count == 2 {
            guard let field else { throw FeatureError(.noMainParameter(entry.name)) }
            let value = parts[1].trimmingSpaces
            guard let number = Double(value) else {
                throw FeatureError(
                    .unusableParameter(
                        name: "\(entry.name).\(field)", expected: "a number",
                        found: String(value).printable().debugDescription))
            }
            let content = Int(exactly: number).map { DocumentValue.Content.integer($0) }
            members = [
                DocumentValue.Member(
                    key: field, value: DocumentValue(content ?? .number(number)))
            ]
        } else if let field,
            entry.schema(kinds).properties.contains(where: {
                $0.key == field && $0.isRequired
            })
        {
            throw FeatureError(
                .missingParameter(feature: entry.name, parameter: field))
        }
        let object = DocumentValue(
            .object([
                DocumentValue.Member(key: entry.name, value: DocumentValue(.object(members)))
            ]))
        let list = Document(name: name, root: DocumentValue(.array([object])), kinds: kinds)
        return try FeatureList.format.read(list.cursor).features[0]
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
