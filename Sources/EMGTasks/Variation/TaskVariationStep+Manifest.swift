package import Documents
package import EMGArchive
internal import EMGSignal
package import TaskDraws

extension TaskVariationStep {
    /// The variations that a collection's tasks were made with.
    ///
    /// - Parameter manifest: The manifest, with the kinds that it was read with.
    /// - Returns: The variations in order; empty when tasks are as they were recorded.
    /// - Throws: `DocumentError` for one that is not among those kinds.
    package static func all(
        of manifest: CollectionManifest
    ) throws(DocumentError) -> [TaskVariationStep] {
        var result: [TaskVariationStep] = []
        for (index, rule) in manifest.variation.enumerated() {
            var members = rule.parameters
            members[tag] = .text(rule.name)
            result.append(
                try TaskVariationStep(
                    DocumentCursor(
                        value: members.document, document: "manifest of \(manifest.name)",
                        path: "$.variation[\(index)]", kinds: manifest.kinds)))
        }
        return result
    }

    /// The variation as a manifest has it: reading gives it back.
    var manifestRule: CollectionManifest.Rule {
        var parameters = [String: ProcessingStep.Value](kind.members)
        parameters["per"] = .text(subject.rawValue)
        return CollectionManifest.Rule(name: kind.name, parameters: parameters)
    }
}
