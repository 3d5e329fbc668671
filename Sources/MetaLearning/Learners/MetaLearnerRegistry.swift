public import Documents

extension Registry<any MetaLearner> {
    /// The library's learners.
    package static var standard: Registry {
        Registry([
            .init(SecondOrderMAML.self) { $0 }, .init(FirstOrderMAML.self) { $0 },
            .init(Reptile.self) { $0 }, .init(ImplicitMAML.self) { $0 }, .init(ANIL.self) { $0 },
            .init(MetaSGD.self) { $0 }, .init(SequentialFirstOrderMAML.self) { $0 },
        ])
    }
}

extension Kinds {
    /// Adds a learner of a package outside.
    ///
    /// - Parameter type: Its type; its key is not one of the library's or of those added before.
    public mutating func add<Kind: MetaLearner>(learner type: Kind.Type) {
        add(Registry<any MetaLearner>.Entry(type) { $0 })
    }
}
