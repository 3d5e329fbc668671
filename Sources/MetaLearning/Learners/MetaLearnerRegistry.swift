public import Documents

extension Registry<any MetaLearner> {
    /// The library's learners.
    package static var standard: Registry {
        Registry([
            .init(SecondOrderMAML.self) { $0 }, .init(FirstOrderMAML.self) { $0 },
            .init(Reptile.self) { $0 }, .init(ImplicitMAML.self) { $0 }, .init(ANIL.self) { $0 },
            .init(MetaSGD.self) { $0 }, .init(SequentialFirstOrderMAML.self) { $0 },
            // Unused, they are not written: runs from before keep their names.
            .init(ProtoMAML.self, isWrittenUnused: false) { $0 },
            .init(UnicornMAML.self, isWrittenUnused: false) { $0 },
            .init(LayerRatesMAML.self, isWrittenUnused: false) { $0 },
            .init(PrototypicalNetwork.self, isWrittenUnused: false) { $0 },
            .init(RidgeRegression.self, isWrittenUnused: false) { $0 },
            .init(PosteriorFeatures.self, isWrittenUnused: false) { $0 },
        ])
    }
}

extension FieldFormat<any MetaLearner> {
    /// An object that names a learner: `{name: prototypes, distance: cosine}`.
    package static var learner: FieldFormat {
        .tagged(.standard, by: "name", standard: SecondOrderMAML.key, described: { $0 })
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
