public import Documents
public import EMGSignal
public import SeededRandom

/// How training windows are varied on the fly, so that a model learns what does not matter: where
/// the armband sat, how loud the muscle was.
///
/// A kind of a package outside is one type that conforms; documents name it when it is added to the
/// `Kinds` that they are read with.
public protocol Augmentation: DescribedKind, Hashable {
    /// Its parameters, by name, as a manifest has them: reading gives the augmentation back.
    var parameters: [String: ProcessingStep.Value] { get }

    /// Varies one window in place.
    ///
    /// What is drawn depends on the shape alone, so that a seed names the same variation whatever
    /// the values are.
    ///
    /// - Parameters:
    ///   - windows: The numbers of a batch of windows.
    ///   - shape: Where those of the window lie.
    ///   - generator: What random choices are drawn from.
    func vary(
        _ windows: inout [Float], _ shape: WindowShape, using generator: inout SeededGenerator)
}

extension Augmentation {
    /// The value of `kind` in a configuration and a manifest.
    public var name: String { Self.key }

    /// The members of the augmentation's document.
    public var parameters: [String: ProcessingStep.Value] { .init(members) }
}
