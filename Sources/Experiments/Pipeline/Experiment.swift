public import Documents
public import Foundation
private import MetaLearning

/// The whole way from recordings to a report, as one YAML file says it; see
/// `schemas/experiment.schema.json`.
///
/// ```yaml
/// name: cross-patient
/// convert: {inputs: ../roam}
/// build: {window: {length: 40, stride: 4}, splits: {test: 2, validation: 1}}
/// train: training.yaml
/// sweep: {train.seed: [1, 2, 3]}
/// ```
///
/// Each of `filter`, `build` and `train` stands in the file or is the name of a file of its own.
/// All paths are taken from the folder of the file that they stand in.
public struct Experiment: Sendable, Hashable {
    /// A part of the experiment and the document that it is read from.
    struct Part: Sendable, Hashable {
        let document: Document
        /// Where the part begins within its document.
        let path: String

        var cursor: DocumentCursor {
            DocumentCursor(
                value: document.root, document: document.name, path: path, kinds: document.kinds)
        }

        func applying(_ overrides: [DocumentOverride]) throws(DocumentError) -> Part {
            Part(document: try document.applying(overrides), path: path)
        }
    }

    /// The parts that settings can be overridden in and varied.
    static let partNames = ExperimentDocument.partFields.map(\.key)

    /// What it is called; the file's name when it does not say.
    public let name: String
    /// What varies.
    public let axes: [SweepAxis]
    /// The folder of an archive that was made otherwise, in place of `convert`.
    let archive: URL?
    /// The title of the report; `nil` for no report.
    let report: ReportSettings?
    /// The parts that there are.
    let parts: [String: Part]

    /// What the report should be.
    struct ReportSettings: Described, Hashable {
        var title = ""

        static let fields: Fields<Self> = [
            Field("title", \.title, .text, "Its title; the experiment's name when left out.")
        ]
    }

    /// Reads an experiment.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - overrides: Texts as `train.inner.learning_rate=1e-3`.
    ///   - axes: What varies besides what the file says; an axis of the file with the same
    ///     setting is replaced.
    ///   - kinds: The kinds that packages outside have added.
    /// - Throws: `DocumentError` with the place of the fault.
    public init(
        contentsOf file: URL, overrides: [String] = [], axes: [SweepAxis] = [],
        kinds: Kinds = Kinds()
    ) throws {
        var (outer, inner): ([DocumentOverride], [String: [DocumentOverride]]) = ([], [:])
        for (index, text) in overrides.enumerated() {
            let override = try DocumentOverride(text, source: "override \(index + 1)")
            if let (part, rest) = Self.part(of: override) {
                inner[part, default: []].append(rest)
            } else {
                outer.append(override)
            }
        }
        let document = try Document(contentsOf: file, kinds: kinds).applying(outer)
        let read = try ExperimentDocument(document.cursor)
        let folder = file.deletingLastPathComponent()
        name = read.name ?? file.deletingPathExtension().lastPathComponent
        var parts: [String: Part] = [:]
        for key in Self.partNames {
            guard let source = read.parts[key] else {
                guard let overrides = inner[key] else { continue }
                guard key == "train" else {
                    throw DocumentError(
                        .missingMember(key), document: document.name,
                        position: overrides[0].value.position,
                        hint: "an override cannot stand for the part itself")
                }
                let empty = DocumentValue(.object([]), at: document.root.position)
                parts[key] = try Part(
                    document: Document(name: document.name, root: empty, kinds: kinds),
                    path: "$.train"
                ).applying(overrides)
                continue
            }
            let part: Part
            switch source {
            case .file(let name):
                let place = URL(filePath: name, relativeTo: folder).absoluteURL
                part = Part(document: try Document(contentsOf: place, kinds: kinds), path: "$")
            case .value(let value):
                part = Part(
                    document: Document(name: document.name, root: value, kinds: kinds),
                    path: "$.\(key)")
            }
            parts[key] = try part.applying(inner[key] ?? [])
        }
        if parts["train"] == nil {
            let empty = DocumentValue(.object([]), at: document.root.position)
            parts["train"] = Part(
                document: Document(name: document.name, root: empty, kinds: kinds), path: "$.train")
        }
        archive = read.archive.map {
            URL(filePath: $0, relativeTo: folder).absoluteURL.standardizedFileURL
        }
        guard (archive == nil) != (parts["convert"] == nil) else {
            throw document.cursor.error(
                expected: "either \"convert\" or \"archive\"",
                found: archive == nil ? "none of them" : "both",
                hint: "convert takes raw recordings, archive is what myotask convert has made")
        }
        report = read.report
        let kept = read.axes.filter { axis in !axes.contains { $0.path == axis.path } }
        var all = kept + axes
        // The training's own seeds vary like any other setting.
        if let train = parts["train"], !all.contains(where: { $0.path.description == "train.seed" })
        {
            let seeds = try TrainingConfiguration(train.cursor).seeds
            if !seeds.isEmpty {
                let list = seeds.map { FieldFormat<UInt64>.seed.write($0).yamlLine }
                    .joined(separator: ",")
                all.append(try SweepAxis("train.seed=\(list)", source: "seeds"))
            }
        }
        self.axes = all
        self.parts = parts
        for axis in self.axes { try Self.check(axis, parts) }
    }

    /// The part that an override goes into, and the override within it.
    private static func part(
        of override: DocumentOverride
    ) -> (name: String, override: DocumentOverride)? {
        guard case .member(let name)? = override.path.steps.first, partNames.contains(name),
            override.path.steps.count > 1
        else { return nil }
        return (
            name,
            DocumentOverride(
                path: DocumentPath(steps: Array(override.path.steps.dropFirst())),
                value: override.value)
        )
    }

    private static func check(_ axis: SweepAxis, _ parts: [String: Part]) throws(DocumentError) {
        let names = ["filter", "build", "train"].filter { parts[$0] != nil }
        guard case .member(let name)? = axis.path.steps.first, names.contains(name),
            axis.path.steps.count > 1
        else {
            throw DocumentError(
                .invalid(
                    expected: "a setting of \(names.joined(separator: ", "))",
                    found: "\"\(axis.path)\""),
                document: "the sweep", position: nil,
                hint: "write for example train.inner.learning_rate")
        }
    }

    /// The parts at one combination of values.
    ///
    /// - Parameter place: The index of each axis' value.
    /// - Returns: The parts, those that nothing varies in as they are.
    /// - Throws: `DocumentError` when a value cannot be put where its path leads.
    func parts(at place: [Int]) throws(DocumentError) -> [String: Part] {
        var parts = parts
        for (axis, index) in zip(axes, place) {
            guard let (name, override) = Self.part(of: axis.override(index)) else { continue }
            parts[name] = try parts[name]?.applying([override])
        }
        return parts
    }

    /// Whether something in a part varies.
    func varies(_ part: String) -> Bool {
        axes.contains { $0.path.steps.first == .member(part) }
    }
}
