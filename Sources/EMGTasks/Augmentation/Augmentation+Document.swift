public import Documents
public import EMGArchive
internal import EMGSignal

extension Augmentation {
    /// Reads one element of the member `augmentation` of a configuration.
    ///
    /// - Parameter cursor: An object with `kind`, what belongs to it, and `probability`.
    /// - Throws: `DocumentError` with the place of the fault.
    public init(_ cursor: DocumentCursor) throws(DocumentError) {
        enum Name: String, CaseIterable {
            case rotation, jitter, gain, noise
            case warp = "magnitude_warp"
        }
        let name: Name = try cursor.object().required("kind").choice()
        let members: [String] =
            switch name {
            case .rotation: ["positions"]
            case .jitter: ["samples"]
            case .gain: ["range"]
            case .noise: ["deviation"]
            case .warp: ["knots", "deviation"]
            }
        let object = try cursor.object(allowing: ["kind", "probability"] + members)
        let kind: Kind =
            switch name {
            case .rotation:
                .rotation(
                    positions: try object.optional("positions")?.integer(in: 1...1_000) ?? 1)
            case .jitter:
                .jitter(samples: try object.required("samples").integer(in: 1...1_000_000))
            case .gain: .gain(range: try object.required("range").number(in: 0.0001...1))
            case .noise: .noise(deviation: try object.required("deviation").number(in: 1e-9...1e6))
            case .warp:
                .magnitudeWarp(
                    knots: try object.optional("knots")?.integer(in: 2...1_000) ?? 4,
                    deviation: try object.optional("deviation")?.number(in: 1e-9...10) ?? 0.2)
            }
        self.init(
            kind, probability: try object.optional("probability")?.number(in: 1e-6...1) ?? 1)
    }

    /// The augmentations that a collection's manifest asks for.
    ///
    /// - Parameter manifest: The manifest.
    /// - Returns: The augmentations in order; empty when it asks for none.
    /// - Throws: `DocumentError` for one that this software does not know.
    public static func all(
        of manifest: CollectionManifest
    ) throws(DocumentError) -> [Augmentation] {
        var result: [Augmentation] = []
        for (index, entry) in manifest.augmentation.enumerated() {
            result.append(
                try Augmentation(
                    DocumentCursor(
                        value: entry.value, document: "manifest of \(manifest.name)",
                        path: "$.augmentation[\(index)]")))
        }
        return result
    }

    /// The augmentation as a manifest tells it.
    public var manifestEntry: CollectionManifest.Augmentation {
        var parameters: [String: ProcessingStep.Value] = [:]
        switch kind {
        case .rotation(let positions): parameters["positions"] = .integer(positions)
        case .jitter(let samples): parameters["samples"] = .integer(samples)
        case .gain(let range): parameters["range"] = .number(range)
        case .noise(let deviation): parameters["deviation"] = .number(deviation)
        case .magnitudeWarp(let knots, let deviation):
            parameters["knots"] = .integer(knots)
            parameters["deviation"] = .number(deviation)
        }
        if probability < 1 { parameters["probability"] = .number(probability) }
        return CollectionManifest.Augmentation(kind: name, parameters: parameters)
    }
}

extension CollectionManifest.Augmentation {
    /// The entry as a document has it, without a place in a text.
    fileprivate var value: DocumentValue {
        .object(sorted: parameters.mapValues(\.document).merging(["kind": .string(kind)]) { $1 })
    }
}
