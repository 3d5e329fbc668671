package import Documents
package import Foundation
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
package struct Experiment: Sendable, Hashable {
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
    package let name: String
    /// What varies.
    package let axes: [SweepAxis]
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
    /// - Returns: The experiment, its parts read from their own files.
    /// - Throws: `DocumentError` with the place of the fault.
    package static func read(
        contentsOf file: URL, overrides: [String] = [], axes: [SweepAxis] = [],
        kinds: Kinds = Kinds()
    ) throws -> Experiment {
        let (outer, inner) = try sorted(overrides)
        let document = try Document(contentsOf: file, kinds: kinds).applying(outer)
        let read = try ExperimentDocument(document.cursor)
        let folder = file.deletingLastPathComponent()
        let parts = try parts(of: read, in: document, beside: folder, overrides: inner)
        let archive = read.archive.map {
            URL(filePath: $0, relativeTo: folder).absoluteURL.standardizedFileURL
        }
        guard (archive == nil) != (parts["convert"] == nil) else {
            throw document.cursor.error(
                expected: "either \"convert\" or \"archive\"",
                found: archive == nil ? "none of them" : "both",
                hint: "convert takes raw recordings, archive is what myotask convert has made")
        }
        try checkParts(read, parts, document)
        let kept = read.axes.filter { axis in !axes.contains { $0.path == axis.path } }
        let all = try withSeeds(kept + axes, of: parts)
        for axis in all { try check(axis, parts) }
        return Experiment(
            name: read.name ?? file.deletingPathExtension().lastPathComponent, axes: all,
            archive: archive, report: read.report, parts: parts)
    }

    /// Refuses a benchmark beside what it stands in place of, and an experiment without either.
    private static func checkParts(
        _ read: ExperimentDocument, _ parts: [String: Part], _ document: Document
    ) throws(DocumentError) {
        let cursor = document.cursor
        guard parts["benchmark"] != nil else {
            if parts["build"] == nil { _ = try cursor.object().required("build") }
            return
        }
        for key in ["build", "train", "sweep"] {
            guard let cursor = try cursor.object().optional(key) else { continue }
            throw cursor.error(
                expected: "no \(key) beside benchmark",
                hint: "a benchmark runs all its methods; settings of it stand in benchmark")
        }
    }

    /// Overrides of the experiment itself, and those of each part.
    private static func sorted(
        _ overrides: [String]
    ) throws -> (outer: [DocumentOverride], inner: [String: [DocumentOverride]]) {
        var (outer, inner): ([DocumentOverride], [String: [DocumentOverride]]) = ([], [:])
        for (index, text) in overrides.enumerated() {
            let override = try DocumentOverride(text, source: "override \(index + 1)")
            if let (part, rest) = part(of: override) {
                inner[part, default: []].append(rest)
            } else {
                outer.append(override)
            }
        }
        return (outer, inner)
    }

    /// The parts with their overrides; a training that is not there has every default.
    private static func parts(
        of read: ExperimentDocument, in document: Document, beside folder: URL,
        overrides: [String: [DocumentOverride]]
    ) throws -> [String: Part] {
        let kinds = document.kinds
        let empty = DocumentValue(.object([]), at: document.root.position)
        var parts: [String: Part] = [:]
        for key in partNames {
            let part: Part
            switch read.parts[key] {
            case .file(let name)?:
                let place = URL(filePath: name, relativeTo: folder).absoluteURL
                part = Part(document: try Document(contentsOf: place, kinds: kinds), path: "$")
            case .value(let value)?:
                part = Part(
                    document: Document(name: document.name, root: value, kinds: kinds),
                    path: "$.\(key)")
            case nil where key == "train":
                part = Part(
                    document: Document(name: document.name, root: empty, kinds: kinds),
                    path: "$.train")
            case nil:
                guard let first = overrides[key]?.first else { continue }
                throw DocumentError(
                    .missingMember(key), document: document.name,
                    position: first.value.position,
                    hint: "an override cannot stand for the part itself")
            }
            parts[key] = try part.applying(overrides[key] ?? [])
        }
        return parts
    }

    /// The axes, and the training's own seeds, which vary like any other setting.
    private static func withSeeds(
        _ axes: [SweepAxis], of parts: [String: Part]
    ) throws -> [SweepAxis] {
        guard let train = parts["train"],
            !axes.contains(where: { $0.path.description == "train.seed" })
        else { return axes }
        let seeds = try TrainingConfiguration(train.cursor).seeds
        guard !seeds.isEmpty else { return axes }
        let list = seeds.map { FieldFormat<UInt64>.seed.write($0).yamlLine }
            .joined(separator: ",")
        return axes + [try SweepAxis("train.seed=\(list)", source: "seeds")]
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
