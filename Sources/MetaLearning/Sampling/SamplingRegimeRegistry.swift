public import Documents

extension Registry<any SamplingRegime> {
    /// The library's regimes.
    public static var standard: Registry {
        Registry([
            .init(ShuffledSampling.self) { $0 }, .init(UniformSampling.self) { $0 },
            .init(EpsilonGreedySampling.self) { $0 }, .init(LossWeightedSampling.self) { $0 },
            .init(ImportanceWeightedSampling.self) { $0 }, .init(DeltaSampling.self) { $0 },
            .init(ImportanceDeltaSampling.self) { $0 },
        ])
    }
}
