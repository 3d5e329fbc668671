private import ArrayCollections
package import Documents
private import EMGFilters
private import EMGTasks
private import FewShotBenchmark
private import Foundation
package import MetaLearning

/// Settings with every default written out, and where each value comes from.
package enum ResolvedSettings {
    /// The settings of a training as YAML.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - document: What they were read from.
    ///   - threads: How many threads there are, when the settings leave it open.
    /// - Returns: A text that `train --config` reads.
    package static func yaml(
        _ configuration: TrainingConfiguration, from document: Document, threads: Int
    ) -> String {
        let preset = document.root.value(at: [.member("preset")])
        let standard = TrainingConfiguration().resolved(threads: threads).document
        return configuration.resolved(threads: threads).document.yaml { path, leaf in
            if let origin = origin(of: path, in: document) { return origin }
            if standard.value(at: path)?.json(.canonical) == leaf.json(.canonical) {
                return "default"
            }
            guard case .string(let name)? = preset?.content else { return "follows from others" }
            return "preset \(name)"
        }
    }

    /// The settings of a collection as YAML: what the document says, and the defaults of what it
    /// leaves open.
    ///
    /// - Parameter document: A document that a `CollectionConfiguration` was read from.
    /// - Returns: A text that `build --config` reads.
    /// - Throws: `DocumentError` when the document is no such configuration.
    package static func yaml(
        ofCollection document: Document
    ) throws(DocumentError) -> String {
        let defaults = try CollectionConfiguration(document.cursor).defaults
        return yaml(document.root.filled(from: defaults), from: document)
    }

    /// The settings of a collection of labeled arrays as YAML.
    ///
    /// - Parameter document: A document that an `ArrayConfiguration` was read from.
    /// - Returns: A text that `arrays --config` reads.
    /// - Throws: `DocumentError` when the document is no such configuration.
    package static func yaml(ofArrays document: Document) throws(DocumentError) -> String {
        let settings = try ArrayConfiguration(document.cursor).document
        return settings.yaml { path, _ in origin(of: path, in: document) ?? "default" }
    }

    /// An experiment as YAML: every part with its defaults.
    ///
    /// - Parameters:
    ///   - experiment: The experiment.
    ///   - threads: How many threads there are.
    /// - Returns: A text that `run` reads, when the paths in it are given in full.
    /// - Throws: `DocumentError` when a part's settings are wrong.
    package static func yaml(
        _ experiment: Experiment, threads: Int
    ) throws -> String {
        var text = "name: \(DocumentValue.string(experiment.name).json())\n"
        if let archive = experiment.archive {
            let path = archive.path(percentEncoded: false)
            text += "archive: \(DocumentValue.string(path).json())\n"
        }
        for name in Experiment.partNames {
            guard let part = experiment.parts[name] else { continue }
            let inner =
                switch name {
                case "convert": try yaml(part, checked: ConvertDocument(part.cursor))
                case "filter": try yaml(part, checked: ConditioningPipeline(part.cursor))
                case "build": try yaml(ofCollection: part.document)
                case "train" where experiment.parts["benchmark"] != nil: ""
                case "benchmark":
                    yaml(try BenchmarkProtocol(part.cursor).document, from: part.document)
                case "train":
                    try yaml(
                        TrainingConfiguration(part.cursor), from: part.document, threads: threads)
                default: yaml(part.document.root, from: part.document)
                }
            guard !inner.isEmpty else { continue }
            text += "\(name):\n"
            text += inner.split(separator: "\n").map { "  \($0)\n" }.joined()
        }
        guard !experiment.axes.isEmpty else { return text }
        text += "sweep:\n"
        for axis in experiment.axes {
            let name = DocumentValue.string(axis.path.description).json()
            text += "  \(name): \(DocumentValue.array(axis.values).yamlLine)\n"
        }
        return text
    }

    /// A part as it stands, which could be read.
    private static func yaml(_ part: Experiment.Part, checked: some Described) -> String {
        yaml(part.document.root, from: part.document)
    }

    /// A value as YAML with the origins of its parts.
    package static func yaml(_ value: DocumentValue, from document: Document) -> String {
        value.yaml { path, _ in origin(of: path, in: document) ?? "default" }
    }

    /// Where a value comes from, when the document has it.
    private static func origin(of path: [DocumentPath.Step], in document: Document) -> String? {
        guard let value = document.root.value(at: path), value.content != .null,
            let position = value.position
        else { return nil }
        return position.source ?? "\(document.name):\(position.line)"
    }
}
