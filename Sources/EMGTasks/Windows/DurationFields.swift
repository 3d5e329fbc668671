internal import Documents
internal import EMGSignal

/// A property with a duration as two members of an object, of which one may stand there: `KEY` in
/// samples and `KEY_ms` in milliseconds.
struct DurationFields<Root: Sendable>: Sendable {
    private let key: String
    private let inSamples: FieldFormat<Int>
    private let documentation: String
    private let read: @Sendable (Root) -> SampleDuration?
    private let set: @Sendable (inout Root, SampleDuration) -> Void
    private let least: Int

    private var milliseconds: String { "\(key)_ms" }

    /// - Parameters:
    ///   - key: The member's name when it is in samples.
    ///   - path: The property; fewer samples than `least` stand for none yet.
    ///   - least: The fewest samples.
    ///   - documentation: What it means.
    init(
        _ key: String, _ path: any WritableKeyPath<Root, SampleDuration> & Sendable,
        from least: Int = 1, _ documentation: String
    ) {
        self.init(
            key, from: least, documentation, read: { $0[keyPath: path] },
            set: { $0[keyPath: path] = $1 })
    }

    /// - Parameters:
    ///   - key: The member's name when it is in samples.
    ///   - path: The property.
    ///   - documentation: What it means, and what none means.
    init(
        optional key: String, _ path: any WritableKeyPath<Root, SampleDuration?> & Sendable,
        _ documentation: String
    ) {
        self.init(
            key, from: 1, documentation, read: { $0[keyPath: path] },
            set: { $0[keyPath: path] = $1 })
    }

    private init(
        _ key: String, from least: Int, _ documentation: String,
        read: @escaping @Sendable (Root) -> SampleDuration?,
        set: @escaping @Sendable (inout Root, SampleDuration) -> Void
    ) {
        self.key = key
        self.least = least
        inSamples = .integer(in: least...1_000_000_000)
        self.documentation = documentation
        self.read = read
        self.set = set
    }

    /// The members.
    var fields: [Field<Root>] {
        let (inSamples, inMilliseconds) = (inSamples, FieldFormat<Double>.number(in: 0.001...1e9))
        let (read, set, least) = (read, set, least)
        return [
            Field(
                key, schema: inSamples.schema, "\(documentation) In samples.",
                read: { cursor, root throws(DocumentError) in
                    set(&root, .samples(try inSamples.read(cursor)))
                },
                write: { root in
                    guard case .samples(let count)? = read(root), count >= least else { return nil }
                    return inSamples.write(count)
                }),
            Field(
                milliseconds, schema: inMilliseconds.schema, "\(documentation) In milliseconds.",
                read: { cursor, root throws(DocumentError) in
                    set(&root, .milliseconds(try inMilliseconds.read(cursor)))
                },
                write: { root in
                    guard case .milliseconds(let time)? = read(root) else { return nil }
                    return inMilliseconds.write(time)
                }),
        ]
    }

    /// What binds the members to each other, when one of them must be there.
    var oneOfThem: ObjectSchema.Rule { .exactlyOne([key, milliseconds]) }

    /// What binds the members to each other, when none of them must be there.
    var oneAtMost: ObjectSchema.Rule { .atMostOne([key, milliseconds]) }

    /// Refuses both members in one object, and neither when one must be there.
    func check(_ object: DocumentObject, isRequired: Bool = false) throws(DocumentError) {
        let samples = object.optional(key)
        if let duration = object.optional(milliseconds) {
            guard samples == nil else {
                throw duration.error(
                    expected: "either \"\(key)\" or \"\(milliseconds)\"", found: "both")
            }
        } else if isRequired, samples == nil {
            _ = try inSamples.read(object.required(key))
        }
    }
}
