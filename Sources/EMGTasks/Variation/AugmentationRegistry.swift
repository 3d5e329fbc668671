public import Documents

extension Registry<any Augmentation> {
    /// The library's augmentations.
    package static var standard: Registry {
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
