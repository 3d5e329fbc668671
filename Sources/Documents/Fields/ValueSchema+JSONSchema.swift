extension ValueSchema {
    /// The JSON Schema (2020-12) of what may stand there.
    package var jsonSchema: DocumentValue {
        DocumentValue(.object(jsonMembers))
    }

    private var jsonMembers: [DocumentValue.Member] {
        switch self {
        case .anything: []
        case .null: [.type("null")]
        case .boolean: [.type("boolean")]
        case .integer(let minimum, let maximum):
            [.type("integer")]
                + [
                    minimum.map { .made("minimum", .integer($0)) },
                    maximum.map { .made("maximum", .integer($0)) },
                ].compactMap(\.self)
        case .number(let minimum, let maximum, let isAbove):
            [.type("number")]
                + [
                    minimum.map { .made(isAbove ? "exclusiveMinimum" : "minimum", .number($0)) },
                    maximum.map { .made("maximum", .number($0)) },
                ].compactMap(\.self)
        case .text: [.type("string")]
        case .form(let form): form.jsonMembers
        case .constant(let value): [.made("const", value.content)]
        case .choice(let names): [.made("enum", .array(names.map { DocumentValue(.string($0)) }))]
        case .list(let element, let count, let isUnique):
            [.type("array"), .made("items", element.jsonSchema.content)]
                + .bounds(count, "minItems", "maxItems")
                + (isUnique ? [.made("uniqueItems", .boolean(true))] : [])
        case .object(let object): object.jsonMembers
        case .map(let element, let names, let count):
            [.type("object"), .made("additionalProperties", element.jsonSchema.content)]
                + (names.map { [.made("propertyNames", $0.jsonSchema.content)] } ?? [])
                + .bounds(count, "minProperties", "maxProperties")
        case .tagged(let tag, let standard, let kinds):
            [
                .made(
                    "oneOf",
                    .array(kinds.map { $0.tagged(by: tag, isStandard: $0.name == standard) }))
            ]
        case .keyed(let kinds): Self.keyed(kinds)
        case .either(let schemas):
            [.made("anyOf", .array(schemas.map(\.jsonSchema)))]
        case .defined(let name): [.made("$ref", .string("#/$defs/\(name)"))]
        case .document(let name): [.type("object"), .made("$comment", .string(name))]
        }
    }

    private static func keyed(_ kinds: [ObjectKind]) -> [DocumentValue.Member] {
        let names = kinds.filter(\.object.isOptional).map { DocumentValue(.string($0.name)) }
        let members = kinds.map { kind in
            let object = ValueSchema.object(kind.object)
            let schema = kind.object.isOptional ? object.orNull : object
            return DocumentValue.Member(
                key: kind.name, value: schema.jsonSchema.described(kind.documentation))
        }
        let object = [
            .type("object"), .made("minProperties", .integer(1)),
            .made("maxProperties", .integer(1)),
            .made("additionalProperties", .boolean(false)),
            DocumentValue.Member.made("properties", .object(members)),
        ]
        guard !names.isEmpty else { return object }
        let alone = [
            .made("description", .string("One without members, by its name alone.")),
            DocumentValue.Member.made("enum", .array(names)),
        ]
        return [
            .made(
                "oneOf", .array([DocumentValue(.object(alone)), DocumentValue(.object(object))]))
        ]
    }
}

extension TextForm {
    fileprivate var jsonMembers: [DocumentValue.Member] {
        [.type("string")] + (pattern.map { [.made("pattern", .string($0))] } ?? [])
            + .bounds(length, "minLength", "maxLength")
    }
}

extension [DocumentValue.Member] {
    /// The ends of a range of counts, as far as they say something.
    fileprivate static func bounds(
        _ count: ClosedRange<Int>, _ least: String, _ most: String
    ) -> [DocumentValue.Member] {
        (count.lowerBound > 0 ? [.made(least, .integer(count.lowerBound))] : [])
            + (count.upperBound < .max ? [.made(most, .integer(count.upperBound))] : [])
    }
}

extension ValueSchema.ObjectKind {
    /// The kind as an object that names it.
    fileprivate func tagged(by tag: String, isStandard: Bool) -> DocumentValue {
        let name = DocumentValue.Member(
            key: tag, value: DocumentValue(.object([.made("const", .string(self.name))])))
        return DocumentValue(
            .object(
                [.made("description", .string(documentation))]
                    + object.jsonMembers(after: [name], required: isStandard ? [] : [tag])))
    }
}

extension ObjectSchema {
    /// Whether every member may be left out.
    var isOptional: Bool {
        !properties.contains(where: \.isRequired) && !rules.contains(where: \.needsMember)
    }

    fileprivate var jsonMembers: [DocumentValue.Member] { jsonMembers(after: [], required: []) }

    fileprivate func jsonMembers(
        after others: [DocumentValue.Member], required: [String]
    ) -> [DocumentValue.Member] {
        let members = properties.map { property in
            var schema = property.schema.jsonSchema.described(property.documentation)
            if let standard = property.standard, standard.content != .null {
                schema = schema.adding(.made("default", standard.content))
            }
            return DocumentValue.Member(key: property.key, value: schema)
        }
        let required = required + properties.filter(\.isRequired).map(\.key)
        let bonds = rules.map(\.jsonSchema)
        return [
            .type("object"), .made("additionalProperties", .boolean(false)),
            .made("properties", .object(others + members)),
        ] + (required.isEmpty ? [] : [.made("required", .names(required))])
            + (bonds.isEmpty ? [] : [.made("allOf", .array(bonds))])
    }
}

extension ObjectSchema.Rule {
    /// Whether an object without members breaks it.
    fileprivate var needsMember: Bool {
        switch self {
        case .exactlyOne, .atLeastOne: true
        case .all(let keys): !keys.isEmpty
        case .when(_, _, let orMissing, let rules):
            orMissing && rules.contains(where: \.needsMember)
        case .atMostOne, .none, .alone, .choice: false
        }
    }

    fileprivate var jsonSchema: DocumentValue { DocumentValue(.object(jsonMembers)) }

    private var jsonMembers: [DocumentValue.Member] {
        switch self {
        case .atMostOne(let keys):
            // Of any two, one at most.
            let pairs = keys.indices.flatMap { first in
                keys[(first + 1)...].map { [keys[first], $0] }
            }
            return [.made("not", .object([.made("anyOf", .array(pairs.map(Self.required)))]))]
        case .exactlyOne(let keys):
            return [.made("oneOf", .array(keys.map { Self.required([$0]) }))]
        case .atLeastOne(let keys):
            return [.made("anyOf", .array(keys.map { Self.required([$0]) }))]
        case .all(let keys): return [.made("required", .names(keys))]
        case .none(let keys):
            let any = DocumentValue.Content.array(keys.map { Self.required([$0]) })
            return [.made("not", .object([.made("anyOf", any)]))]
        case .alone(let key):
            return [
                .made("if", Self.required([key]).content),
                .made("then", .object([.made("maxProperties", .integer(1))])),
            ]
        case .choice(let key, let names):
            return [.made("properties", .object([Self.member(key, among: names)]))]
        case .when(let key, let names, let orMissing, let rules):
            let properties = DocumentValue.Member.made(
                "properties", .object([Self.member(key, among: names)]))
            let condition =
                orMissing ? [properties] : [properties, .made("required", .names([key]))]
            let bonds = DocumentValue.Content.array(rules.map(\.jsonSchema))
            return [
                .made("if", .object(condition)),
                .made("then", .object([.made("allOf", bonds)])),
            ]
        }
    }

    private static func member(_ key: String, among names: [String]) -> DocumentValue.Member {
        .made(key, .object([.made("enum", .names(names))]))
    }

    private static func required(_ keys: [String]) -> DocumentValue {
        DocumentValue(.object([.made("required", .names(keys))]))
    }
}

extension DocumentValue {
    /// The schema with a description as its first member; none when there is nothing to say.
    fileprivate func described(_ text: String) -> DocumentValue {
        guard case .object(let members) = content, !text.isEmpty else { return self }
        return DocumentValue(.object([.made("description", .string(text))] + members))
    }

    fileprivate func adding(_ member: Member) -> DocumentValue {
        guard case .object(let members) = content else { return self }
        return DocumentValue(.object(members + [member]))
    }
}

extension DocumentValue.Member {
    fileprivate static func made(
        _ key: String, _ content: DocumentValue.Content
    ) -> DocumentValue.Member {
        DocumentValue.Member(key: key, value: DocumentValue(content))
    }

    fileprivate static func type(_ name: String) -> DocumentValue.Member {
        made("type", .string(name))
    }
}

extension DocumentValue.Content {
    fileprivate static func names(_ names: [String]) -> DocumentValue.Content {
        .array(names.map { DocumentValue(.string($0)) })
    }
}
