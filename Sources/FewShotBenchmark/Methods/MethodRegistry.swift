package import Documents
private import MetaLearning

extension Registry<any AdaptationMethod> {
    /// The program's methods.
    package static var standard: Registry {
        Registry([
            Entry(PriorMethod.self) { $0 }, Entry(EarlierPriorMethod.self) { $0 },
            Entry(UpdatedPriorMethod.self) { $0 },
            Entry(PlainPriorMethod.self) { $0 }, Entry(DiscriminantMethod.self) { $0 },
            Entry(NearestMeanMethod.self) { $0 }, Entry(NearestNeighborsMethod.self) { $0 },
            Entry(EarlierDecoderMethod.self) { $0 }, Entry(OthersDecoderMethod.self) { $0 },
            Entry(UnadaptedMethod.self) { $0 },
            Entry(PooledDiscriminantMethod.self) { $0 },
            Entry(PretrainedMethod<FullFineTuning>.self) { $0 },
            Entry(PretrainedMethod<NewHead>.self) { $0 },
            Entry(PretrainedMethod<FrozenLayers>.self) { $0 },
            Entry(PretrainedMethod<BiasOnly>.self) { $0 },
            Entry(PretrainedMethod<LowRank>.self) { $0 },
            Entry(PretrainedMethod<PullToStart>.self) { $0 },
            Entry(MetaTrainedMethod<SecondOrderMAML>.self) { $0 },
            Entry(MetaTrainedMethod<FirstOrderMAML>.self) { $0 },
            Entry(MetaTrainedMethod<Reptile>.self) { $0 },
            Entry(MetaTrainedMethod<ImplicitMAML>.self) { $0 },
            Entry(MetaTrainedMethod<UnicornMAML>.self) { $0 },
            Entry(MetaTrainedMethod<ANIL>.self) { $0 },
            Entry(MetaTrainedMethod<MetaSGD>.self) { $0 },
            Entry(MetaTrainedMethod<ProtoMAML>.self) { $0 },
            Entry(MetaTrainedMethod<LayerRatesMAML>.self) { $0 },
            Entry(MetaTrainedMethod<PrototypicalNetwork>.self) { $0 },
            Entry(MetaTrainedMethod<RidgeRegression>.self) { $0 },
            Entry(MetaTrainedMethod<PosteriorFeatures>.self) { $0 },
        ])
    }
}
