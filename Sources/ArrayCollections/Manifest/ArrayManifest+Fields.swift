package import Documents
private import EMGArchive
private import EMGSignal
package import Foundation

extension ArrayManifest {
    private static let head = DocumentFormat(
        format, version: formatVersion,
        hint: "this is not the manifest of a collection of labeled arrays")

    /// What is read into.
    private static let blank = ArrayManifest(
        software: "", name: "", file: DataFile(path: "", sha256: "", bytes: 1),
        sample: ArraySample(kind: .vector, shape: [1], type: .float32),
        normalization: Normalization(method: .none, offset: [0], scale: [1]), rotations: .none,
        classes: [], tasks: [], inputs: [], targets: [], sources: [],
        settings: ArrayConfiguration())

    /// The members of a manifest.
    static let fields: Fields<Self> = {
        let members: [Field<Self>] = [
            Field("software", \.software, .text, "What wrote the manifest.", isRequired: true),
            Field("name", \.name, .printable, "The collection's name.", isRequired: true),
            Field(
                "file", \.file, DataFile.format(path: .tensorPath),
                "The HDF5 file with the samples, in the manifest's folder.", isRequired: true),
            Field("sample", \.sample, ArraySample.format, "What a sample is.", isRequired: true),
            Field(
                "normalization", \.normalization, Normalization.format,
                "How stored numbers become those that a model sees: (stored − offset) / scale.",
                isRequired: true),
            Field(
                "rotations", \.rotations, .choice,
                "Of which classes quarter turns against the clock are classes of their own, in the "
                    + "same split: of `none`, of those of training (`train`) or of `all`. Only the "
                    + "samples as they are are stored.", isRequired: true),
            Field(
                "classes", \.classes, .list(of: ArrayMember.format),
                "The classes in the order of their labels in the dataset `label`; none of a "
                    + "regression.", isRequired: true),
            Field(
                "tasks", \.tasks, .list(of: ArrayMember.format),
                "The tasks of a regression in the order of their labels; left out for classes."
            ).written { !$0.tasks.isEmpty },
            Field(
                "inputs", \.inputs, .list(of: .printable),
                "The names of a sample's numbers, where they have names."
            ).written { !$0.inputs.isEmpty },
            Field(
                "targets", \.targets, .list(of: Target.format),
                "What a regression puts out, in the order of the dataset `targets`; left out for "
                    + "classes."
            ).written { !$0.targets.isEmpty },
            Field(
                "sources", \.sources, .list(of: DataFile.format(path: .printable)),
                "What it was made from, in order.", isRequired: true),
            Field(
                "settings", \.settings, .object(),
                "The settings that it was made with, with every default.", isRequired: true),
        ]
        return Fields(head.fields() + members)
    }()

    /// Whether a document says that it is the manifest of labeled arrays.
    package static func isOne(_ document: Document) -> Bool {
        guard let object = try? document.cursor.object(),
            let name = try? object.optional("format")?.string()
        else { return false }
        return name == format
    }

    /// Reads a manifest from a document and checks it.
    ///
    /// - Parameter document: The document.
    /// - Throws: `DocumentError` with the line and path of the first fault.
    package init(_ document: Document) throws(DocumentError) {
        try Self.head.check(document.cursor)
        let object = try document.cursor.object(allowing: Self.fields.keys)
        self = Self.blank
        try Self.fields.read(object, into: &self)
        try check(object)
    }

    /// Reads a manifest's file.
    ///
    /// - Parameter url: `NAME.json`, or `NAME` where there is no such file.
    /// - Throws: `DocumentError` as above, or when it cannot be read.
    package init(contentsOf url: URL) throws(DocumentError) {
        try self.init(Document(contentsOf: CollectionManifest.file(named: url)))
    }

    private func check(_ object: DocumentObject) throws(DocumentError) {
        let key = targets.isEmpty ? "classes" : "tasks"
        let list = object.optional(key) ?? object.cursor
        guard !members.isEmpty, targets.isEmpty == tasks.isEmpty,
            classes.isEmpty != tasks.isEmpty
        else {
            throw list.error(
                expected: "classes, or tasks with targets",
                found: "\(classes.count) classes, \(tasks.count) tasks and \(targets.count) targets"
            )
        }
        var seen: Set<String> = []
        for (index, member) in members.enumerated() {
            guard seen.insert(member.name).inserted else {
                throw try list.array()[index].error(
                    expected: "each name once", found: "\"\(member.name)\" again")
            }
        }
        let axes: [ArraySample.Kind: ClosedRange<Int>] = [
            .image: 2...3, .signal: 2...2, .vector: 1...1,
        ]
        let shape = try object.required("sample").object().required("shape")
        guard axes[sample.kind]?.contains(sample.shape.count) == true, sample.width <= 1 << 30
        else {
            throw shape.error(
                expected:
                    "the axes of \(sample.kind == .image ? "an" : "a") \(sample.kind.rawValue)")
        }
        if rotations != .none, sample.kind != .image || sample.shape[0] != sample.shape[1] {
            throw try object.required("rotations").error(
                expected: "none for samples that are no square images", found: rotations.rawValue)
        }
        let counts = [1, sample.coefficientCount]
        guard counts.contains(normalization.offset.count),
            normalization.scale.count == normalization.offset.count,
            normalization.scale.allSatisfy({ $0 != 0 })
        else {
            throw try object.required("normalization").error(
                expected: "an offset and a scale other than 0 for all numbers, or for each of "
                    + "\(sample.coefficientCount) channels",
                found: "\(normalization.offset.count) and \(normalization.scale.count)")
        }
        guard inputs.isEmpty || inputs.count == sample.width else {
            throw try object.required("inputs").error(
                expected: "\(sample.width) names", found: "\(inputs.count)")
        }
    }

    /// The manifest as JSON: sorted members, two spaces a level, a final newline.
    package var json: String {
        DocumentValue.object(Self.fields.members(of: self)).json(.sorted)
    }

    /// The schema of manifests, `schemas/array-collection.schema.json`.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "array-collection.schema.json",
            title: "MyoTask collection of labeled arrays, format version \(formatVersion)",
            documentation: "The manifest NAME.json beside the samples NAME.h5. array-collection.md "
                + "says which rules a schema cannot say, and what the HDF5 file holds.",
            schema: .object(fields.schema(with: Kinds(), standard: nil)))
    }
}

extension ArrayManifest.DataFile {
    static func format(path: FieldFormat<String>) -> FieldFormat<Self> {
        .object(
            [
                Field("path", \.path, path, "Its name.", isRequired: true),
                Field(
                    "sha256", \.sha256, .sha256,
                    "The SHA-256 of its bytes; of a folder, of a line `SHA-256  path` for each file "
                        + "in the order of the paths.", isRequired: true),
                Field(
                    "bytes", \.bytes, .integer(in: 0 ... .max),
                    "Its size in bytes; that of its files together of a folder.",
                    isRequired: true),
            ], into: Self(path: "", sha256: "", bytes: 1))
    }
}

extension ArrayManifest.Normalization {
    static let format = FieldFormat<Self>.object(
        [
            Field(
                "method", \.method, .choice,
                "`none`; `unit`: bytes from 0 to 1; `standard`: by mean and standard deviation of the "
                    + "training classes' or tasks' samples.", isRequired: true),
            Field(
                "offset", \.offset, .list(of: .number(), count: 1 ... .max),
                "For each channel, of vectors for each number; or one for all.",
                isRequired: true),
            Field(
                "scale", \.scale, .list(of: .number(), count: 1 ... .max), "The same; not 0.",
                isRequired: true),
        ], into: Self(method: .none, offset: [0], scale: [1]))
}

extension ArrayManifest.Target {
    static let format = FieldFormat<Self>.object(
        [
            Field("name", \.name, .printable, "Its name.", isRequired: true),
            Field(
                "offset", \.offset, .number(),
                "What is taken from a stored target before a model learns it.", isRequired: true),
            Field(
                "scale", \.scale, .positive("a scale above 0"), "What the rest is divided by.",
                isRequired: true),
        ], into: Self(name: ""))
}
