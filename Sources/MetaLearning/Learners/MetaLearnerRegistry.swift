public import Documents

extension Registry<any MetaLearner> {
    /// The library's learners.
    public static var standard: Registry {
        Registry([
            .init(SecondOrderMAML.self) { $0 }, .init(FirstOrderMAML.self) { $0 },
            .init(Reptile.self) { $0 }, .init(ImplicitMAML.self) { $0 }, .init(ANIL.self) { $0 },
            .init(MetaSGD.self) { $0 }, .init(SequentialFirstOrderMAML.self) { $0 },
        ])
    }
}
