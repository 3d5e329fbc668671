public import Documents

extension Registry<any TaskVariation> {
    /// The library's variations of tasks.
    package static var standard: Registry {
        Registry([
            Entry(BandRotation.self) { $0 }, Entry(ChannelGains.self) { $0 },
            Entry(ChannelDropOut.self) { $0 }, Entry(ChannelSwap.self) { $0 },
            Entry(PermutedLabels.self) { $0 }, Entry(MissingClasses.self) { $0 },
            Entry(SupportSize.self) { $0 },
        ])
    }
}

extension Kinds {
    /// Adds a variation of tasks of a package outside.
    ///
    /// - Parameter type: The variation; its key is not one of the library's or of those added
    ///   before.
    public mutating func add<Kind: TaskVariation>(taskVariation type: Kind.Type) {
        add(Registry<any TaskVariation>.Entry(type) { $0 })
    }
}
