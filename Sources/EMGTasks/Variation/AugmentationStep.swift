public import Documents
package import EMGArchive
internal import EMGSignal
package import SeededRandom

/// An augmentation with how likely a window is varied by it.
///
/// It is part of a collection's configuration and manifest; the tensors are never augmented.
/// Whoever trains applies it to each batch, with a generator of its own seed.
public struct AugmentationStep: KindHolder, Hashable {
    /// How a window is varied.
    @KindValue public var kind: any Augmentation
    /// How likely a window is varied, above 0 and at most 1.
    public var probability: Double

    /// Creates a step.
    ///
    /// - Parameters:
    ///   - kind: How a window is varied.
    ///   - probability: How likely a window is varied, above 0 and at most 1.
    public init(_ kind: any Augmentation, probability: Double = 1) {
        precondition(
            probability > 0 && probability <= 1, "a probability is from 0 to 1, got \(probability)")
        self.kind = kind
        self.probability = probability
    }

    /// Creates a step that varies every window.
    package init(kind: any Augmentation) { self.init(kind) }

    /// The library's augmentations.
    package static var registry: Registry<any Augmentation> { .standard }
    /// The member that names the kind.
    package static let tag = "kind"
    /// The kind must be named.
    package static let standardKind: String? = nil
    /// The augmentation.
    package var describedKind: any DescribedKind { kind }

    /// The members beside those of the kind.
    package static let ownFields: Fields<Self> = [
        Field(
            "probability", \.probability, .number(in: 1e-6...1),
            "How likely a window is varied at all.")
    ]

    /// The value of `kind` in a configuration and a manifest.
    package var name: String { kind.name }
}

// MARK: - Windows

extension AugmentationStep {
    /// Varies a batch of windows in place.
    ///
    /// The numbers drawn depend on the shape alone, so that a seed names the same batch whatever
    /// its values are.
    ///
    /// - Parameters:
    ///   - windows: Whole windows, one after the other.
    ///   - channelCount: How many channels, at least 1.
    ///   - windowLength: How many samples, at least 1.
    ///   - layout: How a window's numbers lie.
    ///   - generator: What random choices are drawn from.
    package func apply(
        to windows: inout [Float], channelCount: Int, windowLength: Int,
        layout: WindowShape.Layout = .channelsFirst, using generator: inout SeededGenerator
    ) {
        precondition(channelCount >= 1 && windowLength >= 1, "windows have channels and samples")
        let size = channelCount * windowLength
        precondition(
            windows.count.isMultiple(of: size),
            "\(windows.count) values are not whole windows of \(channelCount) × \(windowLength)")
        for start in stride(from: 0, to: windows.count, by: size) {
            let isChosen = probability >= 1 || generator.uniform() < probability
            guard isChosen else { continue }
            let shape = WindowShape(
                start: start, channels: channelCount, length: windowLength, layout: layout)
            kind.vary(&windows, shape, using: &generator)
        }
    }
}

extension [AugmentationStep] {
    /// Varies a batch of windows in place, one augmentation after the other.
    ///
    /// - Parameters:
    ///   - windows: Whole windows, one after the other.
    ///   - channelCount: How many channels, at least 1.
    ///   - windowLength: How many samples, at least 1.
    ///   - layout: How a window's numbers lie.
    ///   - generator: What random choices are drawn from.
    package func apply(
        to windows: inout [Float], channelCount: Int, windowLength: Int,
        layout: WindowShape.Layout = .channelsFirst, using generator: inout SeededGenerator
    ) {
        for step in self {
            step.apply(
                to: &windows, channelCount: channelCount, windowLength: windowLength,
                layout: layout, using: &generator)
        }
    }
}

// MARK: - Manifest

extension AugmentationStep {
    /// The augmentations that a collection's manifest asks for.
    ///
    /// - Parameter manifest: The manifest, with the kinds that it was read with.
    /// - Returns: The augmentations in order; empty when it asks for none.
    /// - Throws: `DocumentError` for one that is not among those kinds.
    package static func all(
        of manifest: CollectionManifest
    ) throws(DocumentError) -> [AugmentationStep] {
        var result: [AugmentationStep] = []
        for (index, entry) in manifest.augmentation.enumerated() {
            result.append(
                try AugmentationStep(
                    DocumentCursor(
                        value: entry.value, document: "manifest of \(manifest.name)",
                        path: "$.augmentation[\(index)]", kinds: manifest.kinds)))
        }
        return result
    }

    /// The augmentation as a manifest has it.
    package var manifestEntry: CollectionManifest.Augmentation {
        var parameters = kind.parameters
        if probability < 1 { parameters["probability"] = .number(probability) }
        return CollectionManifest.Augmentation(kind: name, parameters: parameters)
    }
}

extension CollectionManifest.Augmentation {
    /// The entry as a document has it.
    fileprivate var value: DocumentValue {
        var members = parameters
        members["kind"] = .text(kind)
        return members.document
    }
}
