package import Documents
private import EMGArchive
internal import MetaLearning

/// What the samples are that a model was trained on, and which classes or tasks it has seen: what a
/// checkpoint carries along, and `input.json` of a run.
package struct ArrayInput: Sendable, Hashable {
    /// A class or task that a model has seen.
    package struct Seen: Sendable, Hashable {
        /// Its name.
        package internal(set) var name: String
        /// The SHA-256 of its samples.
        package internal(set) var sha256: String
    }

    /// The member `format`.
    package static let format = "myotask.array-input"
    private static let head = DocumentFormat(
        format, version: 1, hint: "this is not what a model of labeled arrays says of its input")

    /// The collection's name.
    package internal(set) var collection = ""
    /// What a sample is.
    package internal(set) var sample = ArraySample(kind: .vector, shape: [1], type: .float32)
    /// How stored numbers are scaled.
    package internal(set) var normalization = ArrayManifest.Normalization(
        method: .none, offset: [0], scale: [1])
    /// The names of a sample's numbers, where they have names.
    package internal(set) var inputs: [String] = []
    /// What a regression puts out.
    package internal(set) var targets: [ArrayManifest.Target] = []
    /// What it was trained on.
    package internal(set) var training: [Seen] = []
    /// What its epoch was selected by.
    package internal(set) var validation: [Seen] = []

    init(_ manifest: ArrayManifest, _ classes: ClassChoice) {
        self.init(manifest) { split in
            classes[split].map(\.member).reduce(into: [Int]()) {
                if $0.last != $1 { $0.append($1) }
            }
        }
    }

    init(_ manifest: ArrayManifest, members: (EpisodeSplit) -> [Int]) {
        collection = manifest.name
        sample = manifest.sample
        normalization = manifest.normalization
        inputs = manifest.inputs
        targets = manifest.targets
        func seen(_ split: EpisodeSplit) -> [Seen] {
            members(split).map {
                Seen(name: manifest.members[$0].name, sha256: manifest.members[$0].sha256)
            }
        }
        training = seen(.train)
        validation = seen(.validation)
    }

    private init() {}

    /// Whether a text is what a model of labeled arrays carries along.
    package static func isOne(_ json: String) -> Bool {
        guard let document = try? Document(json: json.utf8, name: "input"),
            let object = try? document.cursor.object(),
            let name = try? object.optional("format")?.string()
        else { return false }
        return name == format
    }

    /// Reads what ``json`` gives.
    package init(json: String) throws(DocumentError) {
        let document = try Document(json: json.utf8, name: "input")
        try Self.head.check(document.cursor)
        self.init()
        try Self.fields.read(document.cursor.object(allowing: Self.fields.keys), into: &self)
    }

    /// The description as JSON on one line.
    package var json: String { document.json(.canonical) }

    /// The description as JSON for people.
    package var prettyJSON: String { document.json(.indented) }

    private var document: DocumentValue { .object(Self.fields.members(of: self)) }

    static let fields: Fields<Self> = {
        let members: [Field<Self>] = [
            Field("collection", \.collection, .text, "The collection's name.", isRequired: true),
            Field("sample", \.sample, ArraySample.format, "What a sample is.", isRequired: true),
            Field(
                "normalization", \.normalization, ArrayManifest.Normalization.format,
                "How stored numbers are scaled.", isRequired: true),
            Field(
                "inputs", \.inputs, .list(of: .printable),
                "The names of a sample's numbers, where they have names."
            ).written { !$0.inputs.isEmpty },
            Field(
                "targets", \.targets, .list(of: ArrayManifest.Target.format),
                "What a regression puts out."
            ).written { !$0.targets.isEmpty },
            Field(
                "training", \.training, .list(of: Seen.format), "What it was trained on.",
                isRequired: true),
            Field(
                "validation", \.validation, .list(of: Seen.format),
                "What its epoch was selected by.", isRequired: true),
        ]
        return Fields(head.fields() + members)
    }()

    /// What differs in the input of another collection, a sentence each; empty when a model of this
    /// one may be used there.
    package func differences(from manifest: ArrayManifest) -> [(expected: String, found: String)] {
        var differences: [(String, String)] = []
        func compare(_ expected: String, _ found: String) {
            if expected != found { differences.append((expected, found)) }
        }
        compare(
            "a sample of \(sample.text), \(sample.kind.rawValue)",
            "a sample of \(manifest.sample.text), \(manifest.sample.kind.rawValue)")
        func text(_ normalization: ArrayManifest.Normalization) -> String {
            "normalization \(normalization.method.rawValue), offset \(normalization.offset), "
                + "scale \(normalization.scale)"
        }
        compare(text(normalization), text(manifest.normalization))
        compare("inputs \(inputs)", "inputs \(manifest.inputs)")
        func list(_ targets: [ArrayManifest.Target]) -> String {
            "targets \(targets.map { "\($0.name) (offset \($0.offset), scale \($0.scale))" })"
        }
        compare(list(targets), list(manifest.targets))
        return differences
    }
}

extension ArrayInput.Seen {
    static let format = FieldFormat<Self>.object(
        [
            Field("name", \.name, .text, "Its name.", isRequired: true),
            Field("sha256", \.sha256, .sha256, "The SHA-256 of its samples.", isRequired: true),
        ], into: Self(name: "", sha256: ""))
}

extension ArrayInput {
    /// Which classes or tasks a model has seen, by the bytes of their samples.
    ///
    /// - Parameter members: Classes or tasks.
    /// - Returns: The names of those that it has seen, those it was trained on first.
    package func seen(among members: [ArrayMember]) -> [(names: [String], how: String)] {
        [(training, "trained on"), (validation, "selected by")].compactMap { known, how in
            let digests = Set(known.map(\.sha256))
            let names = members.filter { digests.contains($0.sha256) }.map(\.name)
            return names.isEmpty ? nil : (names, how)
        }
    }
}
