public import Documents

extension Registry<any SamplingRegime> {
    /// The library's regimes.
    package static var standard: Registry {
        Registry([
            .init(ShuffledSampling.self) { $0 }, .init(UniformSampling.self) { $0 },
            .init(EpsilonGreedySampling.self) { $0 }, .init(LossWeightedSampling.self) { $0 },
            .init(ImportanceWeightedSampling.self) { $0 }, .init(DeltaSampling.self) { $0 },
            .init(ImportanceDeltaSampling.self) { $0 },
        ])
    }
}

extension Kinds {
    /// Adds a way to draw tasks of a package outside.
    ///
    /// - Parameter type: Its type; its key is not one of the library's or of those added before.
    public mutating func add<Kind: SamplingRegime>(sampler type: Kind.Type) {
        add(Registry<any SamplingRegime>.Entry(type) { $0 })
    }
}
