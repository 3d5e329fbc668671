package import Documents

extension HDF5Layout: Described {
    package init() { self.init(samples: "/emg") }

    /// The members in a template.
    package static let fields: Fields<Self> = [
        Field(
            "samples", \.samples, .dataset, "The dataset of the samples: numbers, or records.",
            isRequired: true),
        Field(
            "members", schema: { _ in .list(of: .text, count: 1 ... .max, isUnique: false) },
            "The members that are channels, when the dataset holds records.",
            read: { cursor, layout throws(DocumentError) in
                layout.members = try FieldFormat.list(of: .text).read(cursor)
                guard !layout.members.isEmpty else {
                    throw cursor.error(expected: "at least one member")
                }
            },
            write: { $0.members.isEmpty ? nil : .strings($0.members) }),
        Field(
            optional: "axis", \.axis, .choice,
            "Which way a dataset of two dimensions lies; found from its shape when left out, with a "
                + "warning where that is not plain.", absence: .leftOut),
        fact("rate", \.rate, "The sampling rate in hertz."),
        Field(
            "time", schema: { _ in .text },
            "A dataset of times, or the member of that name of records.",
            read: { cursor, layout throws(DocumentError) in
                let format = layout.members.isEmpty ? FieldFormat<String>.dataset : .text
                layout.time = try format.read(cursor)
            },
            write: { $0.time.map { .string($0) } }),
        Field("time_unit", \.timeUnit, .timeUnit, "The unit of the times."),
        fact("unit", \.unit, "The unit of the samples after scaling."),
        fact("scale", \.scale, "What numbers are multiplied by; one for all or one each."),
        fact("offset", \.offset, "What is added then."),
        channelsField, labelsField,
        Field(
            optional: "events", \.events, Events.format,
            "Events that become labels, in place of `labels`; times are on the clock of the time "
                + "stamps, or seconds from the first sample.", absence: .leftOut),
        Field(
            "targets", \.targets,
            TemplateTarget.format(
                "dataset", .one(.dataset), "A dataset of numbers, samples × dimensions."),
            "Continuous quantities to be inferred from the samples, such as joint angles."),
        Field(
            "identity",
            schema: { kinds in
                .object(
                    ObjectSchema(
                        properties: identityKeys.map {
                            ObjectSchema.Property(
                                key: $0, schema: FieldFormat<Fact>.fact.schema(kinds),
                                documentation: "")
                        }))
            }, "Whose recording it is and what was done.",
            read: { cursor, layout throws(DocumentError) in
                let parts = try cursor.object(allowing: identityKeys)
                for (part, cursor) in parts.entries where !cursor.isNull {
                    layout.identity[part] = try FieldFormat<Fact>.fact.read(cursor)
                }
            },
            write: { layout in
                .object(sorted: layout.identity.mapValues(FieldFormat<Fact>.fact.write))
            }),
    ]

    private static let identityKeys = ["patient", "session", "condition", "run"]

    private static func fact(
        _ key: String, _ path: any WritableKeyPath<Self, Fact?> & Sendable,
        _ documentation: String
    ) -> Field<Self> {
        Field(optional: key, path, .fact, documentation, absence: .leftOut)
    }

    private static let channelsField = Field<Self>(
        "channels",
        schema: { kinds in
            let fact = FieldFormat<Fact>.fact.schema(kinds)
            return .either([FieldFormat<[String]>.list(of: .name).schema(kinds), fact])
        }, "The names of the channels.",
        read: { cursor, layout throws(DocumentError) in
            if case .array = cursor.value.content {
                layout.channelNames = try FieldFormat.list(of: .name).read(cursor)
            } else {
                layout.channels = try FieldFormat<Fact>.fact.read(cursor)
            }
        },
        write: { layout in
            layout.channels.map(FieldFormat<Fact>.fact.write)
                ?? (layout.channelNames.isEmpty ? nil : .strings(layout.channelNames))
        })

    private static let labelsField = Field<Self>(
        "labels",
        schema: {
            .either([
                FieldFormat<String>.dataset.schema($0), .object(HDF5LabelSource.schema(with: $0)),
            ])
        }, "A dataset with one label a row, and the names of its values.",
        read: { cursor, layout throws(DocumentError) in
            if case .string = cursor.value.content {
                layout.labels = try FieldFormat<String>.dataset.read(cursor)
            } else {
                let source = try HDF5LabelSource(cursor)
                layout.labels = source.dataset
                layout.classes = source.classes
            }
        },
        write: { layout in
            layout.labels.map {
                HDF5LabelSource(dataset: $0, classes: layout.classes).document
            }
        })
}

extension HDF5Layout.Events {
    fileprivate static let format = FieldFormat<Self>.object(
        Fields(
            [
                Field("start", \.start, .dataset, "When each began.", isRequired: true),
                Field(
                    optional: "stop", \.stop, .dataset,
                    "When each ended; each lasts until the next without it and `duration`.",
                    absence: .leftOut),
                Field(
                    "duration", schema: FieldFormat<String>.dataset.schema,
                    "How long each lasted.",
                    read: { cursor, events throws(DocumentError) in
                        guard events.stop == nil else {
                            throw cursor.error(expected: "either stop or duration, not both")
                        }
                        events.duration = try FieldFormat<String>.dataset.read(cursor)
                    },
                    write: { $0.duration.map { .string($0) } }),
                Field("name", \.name, .dataset, "What happened.", isRequired: true),
            ], rules: [.atMostOne(["stop", "duration"])]), into: Self())
}

/// A dataset of labels and what its values mean, as a template says it.
private struct HDF5LabelSource: Described {
    var dataset = ""
    var classes = HDF5Layout.Classes.asTheyAre

    init() {}

    init(dataset: String, classes: HDF5Layout.Classes) {
        self.dataset = dataset
        self.classes = classes
    }

    static let fields: Fields<Self> = [
        Field("from", \.dataset, .dataset, "The dataset.", isRequired: true),
        Field(
            "classes",
            schema: { kinds in
                let name = FieldFormat<String>.name.schema(kinds)
                let numbers = ValueSchema.form(
                    TextForm("whole number", pattern: "^[+-]?[0-9]+$"))
                return .either([
                    .list(of: name, count: 1...256, isUnique: false),
                    .map(of: name, names: numbers, count: 1...256),
                    FieldFormat<HDF5Layout.Fact>.fact.schema(kinds),
                ])
            },
            "The names of the numbers: a list from 0 on, names by number, or where they stand.",
            read: { cursor, source throws(DocumentError) in
                source.classes = try classes(cursor)
            },
            write: { source in
                switch source.classes {
                case .asTheyAre: nil
                case .list(let names): .strings(names)
                case .named(let names):
                    .object(
                        names.sorted { $0.key < $1.key }.map {
                            DocumentValue.Member(key: "\($0.key)", value: .string($0.value))
                        })
                case .fact(let fact): FieldFormat<HDF5Layout.Fact>.fact.write(fact)
                }
            }),
    ]

    private static func classes(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> HDF5Layout.Classes {
        switch cursor.value.content {
        case .array:
            let names = try FieldFormat.list(of: .name).read(cursor)
            guard (1...256).contains(names.count) else {
                throw cursor.error(expected: "1 to 256 class names")
            }
            return .list(names)
        case .object:
            var names: [Int: String] = [:]
            for (key, cursor) in try cursor.object().entries {
                guard let number = Int(key) else {
                    throw cursor.error(
                        expected: "a whole number before each class name", found: "\"\(key)\"")
                }
                names[number] = try cursor.name()
            }
            guard (1...256).contains(names.count) else {
                throw cursor.error(expected: "1 to 256 class names")
            }
            return .named(names)
        default: return .fact(try FieldFormat<HDF5Layout.Fact>.fact.read(cursor))
        }
    }
}

extension FieldFormat<String> {
    /// A dataset from the root group.
    fileprivate static var dataset: FieldFormat {
        FieldFormat(
            .form(TextForm("dataset", pattern: "^[^@]*$", length: 1 ... .max)),
            read: { cursor throws(DocumentError) in
                let text = try cursor.string()
                guard text.contains(where: { $0 != "/" }), !text.contains("@") else {
                    throw cursor.error(
                        expected: "the name of a dataset from the root group, such as /emg")
                }
                return text.hasPrefix("/") ? text : "/\(text)"
            },
            write: { .string($0) })
    }
}

extension FieldFormat<HDF5Layout.Fact> {
    /// `object@attribute`, `/dataset`, a number, or a text that is meant as it stands.
    fileprivate static var fact: FieldFormat {
        let text = TextForm("text, `object@attribute` or `/dataset`")
        return FieldFormat(
            .either([.number(minimum: nil, maximum: nil, above: false), .form(text)]),
            read: { cursor throws(DocumentError) in
                switch cursor.value.content {
                case .integer, .number: return .number(try cursor.number())
                case .string(let text): return try fact(text, at: cursor)
                default:
                    throw cursor.error(
                        expected: "a number, a text, object@attribute or /dataset")
                }
            },
            write: { fact in
                switch fact {
                case .number(let number): .number(number)
                case .text(let text): .string(text)
                case .attribute(let name, let object): .string("\(object)@\(name)")
                case .dataset(let path): .string(path)
                }
            })
    }

    private static func fact(
        _ text: String, at cursor: DocumentCursor
    ) throws(DocumentError) -> HDF5Layout.Fact {
        if let at = text.lastIndex(of: "@") {
            let object = String(text[..<at])
            let name = String(text[text.index(after: at)...])
            guard !name.isEmpty else {
                throw cursor.error(expected: "the name of an attribute behind the @")
            }
            return .attribute(name, of: object.hasPrefix("/") ? object : "/\(object)")
        }
        return text.hasPrefix("/") ? .dataset(text) : .text(text)
    }
}
