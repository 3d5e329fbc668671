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

extension Registry<any Augmentation> {
    /// The library's augmentations.
    public static var standard: Registry {
        Registry([
            Entry(ChannelRotation.self) { $0 }, Entry(TimeJitter.self) { $0 },
            Entry(ChannelGain.self) { $0 }, Entry(AddedNoise.self) { $0 },
            Entry(MagnitudeWarp.self) { $0 },
        ])
    }
}

extension Kinds {
    /// Adds an augmentation of a package outside.
    ///
    /// - Parameter type: The augmentation; its key is not one of the library's or of those added
    ///   before.
    public mutating func add<Kind: Augmentation>(augmentation type: Kind.Type) {
        add(Registry<any Augmentation>.Entry(type) { $0 })
    }
}
